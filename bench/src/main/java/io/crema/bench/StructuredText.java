package io.crema.bench;

import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.value.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import org.web3j.crypto.StructuredDataEncoder;

/** Receipts and sales as the JSON that wallets exchange (EIP-712, {@code eth_signTypedData}). */
final class StructuredText {
    private StructuredText() {}

    static String of(Receipt receipt) {
        return document(
                "Receipt",
                new Field("bytes32", "channel", receipt.channel()),
                new Field("uint64", "sequence", receipt.sequence()),
                new Field("uint96", "total", receipt.total()),
                new Field("bytes32", "history", receipt.history()));
    }

    static String of(Sale sale) {
        return document(
                "Sale",
                new Field("bytes32", "machine", sale.machine()),
                new Field("bytes32", "product", sale.product()),
                new Field("uint96", "price", sale.price()),
                new Field("uint96", "credit", sale.credit()),
                new Field("address", "employee", sale.employee()),
                new Field("uint32", "tariff", sale.tariff()),
                new Field("uint64", "time", sale.time()),
                new Field("bytes32", "salt", sale.salt()));
    }

    static StructuredDataEncoder encoder(String json) {
        try {
            return new StructuredDataEncoder(json);
        } catch (IOException e) {
            throw new UncheckedIOException("web3j does not read its own format", e);
        }
    }

    @SuppressWarnings("unchecked") // the encoder's own declared type
    static Hash structHash(StructuredDataEncoder encoder) {
        var data = encoder.jsonMessageObject;
        return Hash.of(encoder.hashMessage(data.getPrimaryType(), (HashMap<String, Object>) data.getMessage()));
    }

    private record Field(String type, String name, Object value) {}

    private static String document(String type, Field... fields) {
        var types = new StringBuilder();
        var message = new StringBuilder();
        for (var field : fields) {
            var comma = types.isEmpty() ? "" : ", ";
            types.append(comma).append("{\"name\": \"%s\", \"type\": \"%s\"}".formatted(field.name(), field.type()));
            message.append(comma).append("\"%s\": \"%s\"".formatted(field.name(), field.value()));
        }
        return """
            {"types": {
               "EIP712Domain": [
                 {"name": "name", "type": "string"}, {"name": "version", "type": "string"},
                 {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}],
               "%s": [%s]},
             "primaryType": "%s",
             "domain": {"name": "Crema", "version": "1", "chainId": "%d", "verifyingContract": "%s"},
             "message": {%s}}
            """.formatted(
                        type, types, type, Samples.PAYMENT.chainId(), Samples.PAYMENT.verifyingContract(), message);
    }
}
