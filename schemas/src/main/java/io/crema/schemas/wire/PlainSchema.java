package io.crema.schemas.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/** Generated classes carry schemas with hints for Java; the published language is without them. */
final class PlainSchema {
    private static final String HINT = "avro.java.string";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlainSchema() {}

    static Schema of(Schema schema) {
        try {
            return new Schema.Parser()
                    .parse(plain(MAPPER.readTree(schema.toString())).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema's own text is no JSON", e);
        }
    }

    private static JsonNode plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(HINT);
            if (object.size() == 1 && object.path("type").asText().equals("string")) {
                return TextNode.valueOf("string");
            }
            object.properties().forEach(field -> field.setValue(plain(field.getValue())));
        } else if (node.isArray()) {
            var array = (ArrayNode) node;
            for (var i = 0; i < array.size(); i++) {
                array.set(i, plain(array.get(i)));
            }
        }
        return node;
    }
}
