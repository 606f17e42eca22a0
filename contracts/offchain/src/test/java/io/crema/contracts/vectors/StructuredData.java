package io.crema.contracts.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.value.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.regex.Pattern;
import org.web3j.crypto.StructuredDataEncoder;

/** The independent oracle: web3j's EIP-712 encoder, fed with nothing but the file's type string and message. */
final class StructuredData {
    private static final Pattern STRUCT = Pattern.compile("(\\w+)\\(([^)]*)\\)");

    private final StructuredDataEncoder encoder;

    private StructuredData(StructuredDataEncoder encoder) {
        this.encoder = encoder;
    }

    static StructuredData of(String type, JsonNode domain, JsonNode message) {
        var root = VectorFile.JSON.createObjectNode();
        var types = root.putObject("types");
        declare(types, "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        declare(types, type);
        root.put("primaryType", type.substring(0, type.indexOf('(')));
        root.set("domain", ((ObjectNode) domain.deepCopy()).retain("name", "version", "chainId", "verifyingContract"));
        root.set("message", message);
        try {
            return new StructuredData(new StructuredDataEncoder(root.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void declare(ObjectNode types, String text) {
        var structs = STRUCT.matcher(text);
        while (structs.find()) {
            ArrayNode fields = types.putArray(structs.group(1));
            for (var field : structs.group(2).split(",", -1)) {
                var parts = field.split(" ", -1);
                fields.addObject().put("name", parts[1]).put("type", parts[0]);
            }
        }
    }

    Hash digest() {
        return Hash.of(encoder.hashStructuredData());
    }

    Hash separator() {
        return Hash.of(encoder.hashDomain());
    }

    @SuppressWarnings("unchecked") // the encoder's own declared type
    Hash structHash() {
        var data = encoder.jsonMessageObject;
        return Hash.of(encoder.hashMessage(data.getPrimaryType(), (HashMap<String, Object>) data.getMessage()));
    }

    Hash typeHash() {
        return Hash.of(encoder.typeHash(encoder.jsonMessageObject.getPrimaryType()));
    }
}
