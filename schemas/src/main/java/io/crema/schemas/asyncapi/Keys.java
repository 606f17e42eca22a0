package io.crema.schemas.asyncapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.schemas.topic.Topic;

/** What a topic's raw key is. Stateless. */
final class Keys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Keys() {}

    static String described(Topic.Key key) {
        return switch (key) {
            case CHANNEL -> "the channel id, 32 raw bytes: keccak256(abi.encode(customer, payee, uint64 index))";
            case MACHINE -> "the machine id, 32 raw bytes: keccak256(abi.encode(manufacturer, serial number))";
            case ACCOUNT -> "the account, 20 raw bytes";
            case AGREEMENT -> "the rental, agreement or request id, 32 raw bytes";
            case CONTRACT -> "the contract's address, 20 raw bytes";
            case SUBJECT -> "the channel or request id, 32 raw bytes";
            case MACHINE_PRODUCT_HOUR ->
                "machine id, product id, start of the hour as big-endian microseconds since 1970: 72 raw bytes";
            case ORIGINAL -> "the raw key of the record that was refused";
        };
    }

    static ObjectNode schema(Topic.Key key) {
        var schema = JSON.createObjectNode();
        schema.put("type", "string");
        schema.put("format", "binary");
        schema.put("description", described(key));
        return schema;
    }
}
