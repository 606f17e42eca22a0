package io.crema.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.schemas.wire.CommittedSchemas;
import io.crema.schemas.wire.CommittedSchemas.Committed;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Answers the requests of the Confluent Schema Registry API (version 1) that a reader or a producer makes. Nothing
 * changes by a request. Immutable and thread-safe.
 */
final class RegistryAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LEVEL = "FULL_TRANSITIVE";

    private final CommittedSchemas schemas;

    RegistryAnswers(CommittedSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * The answer to one request.
     *
     * @param path its decoded parts
     * @param body empty for GET
     * @throws RegistryFault when it is no success
     */
    JsonNode answer(String method, List<String> path, String body) {
        var top = path.isEmpty() ? "" : path.getFirst();
        return switch (method + " " + top) {
            case "GET " -> JSON.createObjectNode();
            case "GET subjects" -> subjects(path);
            case "GET schemas" -> schemas(path);
            case "GET config" -> JSON.createObjectNode().put("compatibilityLevel", LEVEL);
            case "GET mode" -> JSON.createObjectNode().put("mode", "READONLY");
            case "POST subjects" -> post(path, body);
            case "POST compatibility" -> compatibility(path, body);
            case "PUT config", "PUT mode", "DELETE subjects", "DELETE config", "DELETE mode" ->
                throw RegistryFault.readOnly(method + " " + top);
            default -> {
                if (List.of("GET", "POST", "PUT", "DELETE").contains(method)) {
                    throw RegistryFault.notFound("/" + String.join("/", path));
                }
                throw RegistryFault.methodNotAllowed(method);
            }
        };
    }

    private JsonNode subjects(List<String> path) {
        if (path.size() == 1) {
            return JSON.valueToTree(schemas.newest().keySet().stream().sorted().toList());
        }
        var versions = versions(path.get(1));
        if (path.size() >= 3 && path.get(2).equals("versions")) {
            if (path.size() == 3) {
                return JSON.valueToTree(
                        versions.stream().map(Committed::version).toList());
            }
            var committed = version(versions, path.get(3));
            if (path.size() == 4) {
                return described(committed);
            }
            if (path.size() == 5 && path.get(4).equals("schema")) {
                return parsed(committed.text());
            }
        }
        throw RegistryFault.notFound("/" + String.join("/", path));
    }

    private JsonNode schemas(List<String> path) {
        if (path.size() == 2 && path.get(1).equals("types")) {
            return JSON.createArrayNode().add("AVRO");
        }
        if (path.size() < 3 || path.size() > 4 || !path.get(1).equals("ids")) {
            throw RegistryFault.notFound("/" + String.join("/", path));
        }
        var committed = byId(path.get(2));
        return switch (path.size() == 3 ? "" : path.get(3)) {
            case "" -> JSON.createObjectNode().put("schema", committed.text());
            case "schema" -> parsed(committed.text());
            case "subjects" -> JSON.createArrayNode().add(committed.subject());
            case "versions" -> {
                var versions = JSON.createArrayNode();
                versions.addObject().put("subject", committed.subject()).put("version", committed.version());
                yield versions;
            }
            default -> throw RegistryFault.notFound("/" + String.join("/", path));
        };
    }

    private JsonNode post(List<String> path, String body) {
        if (path.size() == 2) {
            var subject = versions(path.get(1));
            return described(find(subject, schema(body)));
        }
        if (path.size() == 3 && path.get(2).equals("versions")) {
            var schema = schema(body);
            return schemas.all().stream()
                    .filter(committed -> committed.subject().equals(path.get(1)))
                    .filter(committed -> committed.schema().equals(schema))
                    .findFirst()
                    .<JsonNode>map(committed -> JSON.createObjectNode().put("id", committed.id()))
                    .orElseThrow(() -> RegistryFault.readOnly("Registering a new schema for " + path.get(1)));
        }
        throw RegistryFault.notFound("/" + String.join("/", path));
    }

    /** {@code /compatibility/subjects/{subject}/versions[/{version}]}: without a version, against all. */
    private JsonNode compatibility(List<String> path, String body) {
        if (path.size() < 4
                || path.size() > 5
                || !path.get(1).equals("subjects")
                || !path.get(3).equals("versions")) {
            throw RegistryFault.notFound("/" + String.join("/", path));
        }
        var versions = versions(path.get(2));
        var against = path.size() == 4 ? versions : List.of(version(versions, path.get(4)));
        var schema = schema(body);
        var compatible = against.stream()
                .allMatch(committed -> reads(schema, committed.schema()) && reads(committed.schema(), schema));
        return JSON.createObjectNode().put("is_compatible", compatible);
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private List<Committed> versions(String subject) {
        var versions = schemas.all().stream()
                .filter(committed -> committed.subject().equals(subject))
                .sorted((a, b) -> Integer.compare(a.version(), b.version()))
                .toList();
        if (versions.isEmpty()) {
            throw RegistryFault.subjectNotFound(subject);
        }
        return versions;
    }

    private static Committed version(List<Committed> versions, String version) {
        if (version.equals("latest") || version.equals("-1")) {
            return versions.getLast();
        }
        if (!version.matches("[1-9][0-9]{0,9}")) {
            throw RegistryFault.invalidVersion(version);
        }
        return versions.stream()
                .filter(committed -> Integer.toString(committed.version()).equals(version))
                .findFirst()
                .orElseThrow(() -> RegistryFault.versionNotFound(version));
    }

    private Committed byId(String id) {
        return schemas.all().stream()
                .filter(committed -> Integer.toString(committed.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> RegistryFault.schemaNotFound(id));
    }

    private static Committed find(List<Committed> versions, Schema schema) {
        return versions.reversed().stream()
                .filter(committed -> committed.schema().equals(schema))
                .findFirst()
                .orElseThrow(RegistryFault::schemaNotFound);
    }

    private static ObjectNode described(Committed committed) {
        return JSON.createObjectNode()
                .put("subject", committed.subject())
                .put("version", committed.version())
                .put("id", committed.id())
                .put("schema", committed.text());
    }

    private static Schema schema(String body) {
        var request = parsed(body);
        if (!request.path("schemaType").asText("AVRO").equals("AVRO")) {
            throw RegistryFault.invalidSchema(
                    "schemaType is " + request.get("schemaType") + "; this registry holds AVRO");
        }
        if (!request.path("schema").isTextual()) {
            throw RegistryFault.badRequest("the body has no text field 'schema'");
        }
        try {
            return new Schema.Parser().parse(request.get("schema").textValue());
        } catch (AvroRuntimeException e) {
            throw RegistryFault.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw RegistryFault.badRequest("the body is no JSON: " + e.getOriginalMessage());
        }
    }
}
