package io.crema.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;

/** Checks answers against openapi.yaml: types, required fields, and no field that is not described. */
final class Description {
    private final JsonNode document;

    Description(String yaml) throws JsonProcessingException {
        document = new YAMLMapper().readTree(yaml);
    }

    List<String> paths() {
        var paths = new ArrayList<String>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    /** What is wrong with an answer to GET on this path. */
    List<String> faults(String path, JsonNode answer) {
        var faults = new ArrayList<String>();
        var schema = document.path("paths")
                .path(path)
                .path("get")
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema");
        check("$", schema, answer, faults);
        return faults;
    }

    private void check(String where, JsonNode schema, JsonNode value, List<String> faults) {
        if (schema.has("$ref")) {
            var resolved = document.at(schema.path("$ref").asText().substring(1));
            if (resolved.isMissingNode()) {
                faults.add(where + ": " + schema.path("$ref") + " is not there");
            }
            check(where, resolved, value, faults);
        } else if (schema.has("oneOf")) {
            var fits = false;
            var reasons = new ArrayList<String>();
            for (var option : schema.path("oneOf")) {
                var mine = new ArrayList<String>();
                check(where, option, value, mine);
                fits |= mine.isEmpty();
                reasons.addAll(mine);
            }
            if (!fits) {
                faults.addAll(reasons);
            }
        } else {
            checkType(where, schema, value, faults);
        }
    }

    private void checkType(String where, JsonNode schema, JsonNode value, List<String> faults) {
        var types = new ArrayList<String>();
        if (schema.path("type").isArray()) {
            schema.path("type").forEach(type -> types.add(type.asText()));
        } else {
            types.add(schema.path("type").asText());
        }
        var actual = value.isTextual()
                ? "string"
                : value.isIntegralNumber()
                        ? "integer"
                        : value.isNumber()
                                ? "number"
                                : value.isBoolean()
                                        ? "boolean"
                                        : value.isArray() ? "array" : value.isNull() ? "null" : "object";
        if (!types.contains(actual) && !(actual.equals("integer") && types.contains("number"))) {
            faults.add("%s is %s, expected %s".formatted(where, value, types));
            return;
        }
        if (schema.has("pattern")
                && value.isTextual()
                && !value.asText().matches(schema.path("pattern").asText())) {
            faults.add("%s is %s, expected %s"
                    .formatted(where, value, schema.path("pattern").asText()));
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            faults.add("%s is %s, expected one of %s".formatted(where, value, schema.path("enum")));
        }
        if (value.isArray()) {
            value.forEach(item -> check(where + "[]", schema.path("items"), item, faults));
        }
        if (value.isObject()) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    faults.add(where + " lacks " + name.asText());
                }
            });
            value.fields().forEachRemaining(field -> {
                if (!schema.path("properties").has(field.getKey())) {
                    if (schema.path("additionalProperties").asBoolean()) {
                        return;
                    }
                    faults.add(where + "." + field.getKey() + " is not described");
                } else {
                    check(
                            where + "." + field.getKey(),
                            schema.path("properties").path(field.getKey()),
                            field.getValue(),
                            faults);
                }
            });
        }
    }

    private static boolean contains(JsonNode options, JsonNode value) {
        for (var option : options) {
            if (option.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
