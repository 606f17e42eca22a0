package io.crema.schemas.asyncapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The headers of every record that a service of ours writes. Stateless. */
final class CloudEventsHeaders {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudEventsHeaders() {}

    static ObjectNode schema() {
        var schema = JSON.createObjectNode();
        schema.put("type", "object");
        schema.put("description", "CloudEvents 1.0 in binary mode, UTF-8 text.");
        var properties = schema.putObject("properties");
        property(properties, "ce_specversion", "CloudEvents version").put("const", "1.0");
        property(properties, "ce_id", "Unique within the source; the same for a repeat of the same event");
        property(properties, "ce_source", "The service that wrote it, such as /streams/balances");
        property(properties, "ce_type", "The record's full name");
        property(properties, "ce_subject", "The raw key as 0x-hexadecimal");
        property(properties, "ce_time", "When it happened").put("format", "date-time");
        property(properties, "content-type", "The value's media type");
        return schema;
    }

    private static ObjectNode property(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("type", "string").put("description", description);
    }
}
