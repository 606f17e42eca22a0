package io.crema.ingest.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.crema.contracts.value.Hash;
import io.crema.ingest.watch.BlockHeader;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A block's header as the node gave it.
 *
 * @param fields the header's fields by their JSON-RPC names, 0x-hexadecimal
 */
record HeaderJson(BlockHeader header, Map<String, String> fields) {
    HeaderJson {
        fields = Map.copyOf(fields);
    }

    /** From the object's first token on; transactions, uncles and withdrawals are passed over. */
    static HeaderJson read(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                fields.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
        var header = new BlockHeader(
                quantity(field(fields, "number")),
                Hash.fromHex(field(fields, "hash")),
                Hash.fromHex(field(fields, "parentHash")),
                Instant.ofEpochSecond(quantity(field(fields, "timestamp"))));
        return new HeaderJson(header, fields);
    }

    private static String field(Map<String, String> fields, String name) throws IOException {
        var value = fields.get(name);
        if (value == null) {
            throw new IOException("a block without " + name);
        }
        return value;
    }

    static long quantity(String text) throws IOException {
        try {
            return Long.parseLong(text, 2, text.length(), 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("no quantity: " + text, e);
        }
    }
}
