package io.crema.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Locale;

/** Compares answers with the gateway's OpenAPI description. */
final class Description {
    private final JsonNode root;

    Description() throws IOException {
        try (var in = Gateway.class.getResourceAsStream("/gateway-openapi.yaml")) {
            root = new YAMLMapper().readTree(in);
        }
    }

    void check(HttpRequest request, int status, JsonNode answer) {
        var path = request.uri().getPath();
        for (var described : root.path("paths").properties()) {
            if (path.matches(described.getKey().replaceAll("\\{[a-z]+}", "[^/]+"))) {
                var method = request.method().toLowerCase(Locale.ROOT);
                var response =
                        described.getValue().path(method).path("responses").path(Integer.toString(status));
                assertThat(response.isMissingNode())
                        .as("%s %s answers %d, which is not described", method, described.getKey(), status)
                        .isFalse();
                fits(resolved(response).path("content").elements().next().path("schema"), answer);
                return;
            }
        }
        assertThat(status).as("%s is not described", path).isEqualTo(404);
    }

    private void fits(JsonNode schema, JsonNode value) {
        var it = resolved(schema);
        it.path("required")
                .forEach(name -> assertThat(value.has(name.asText()))
                        .as("%s is required in %s", name, value)
                        .isTrue());
        it.path("properties").properties().forEach(property -> {
            if (value.has(property.getKey())) {
                fits(property.getValue(), value.path(property.getKey()));
            }
        });
        value.elements().forEachRemaining(element -> {
            if (value.isArray()) {
                fits(it.path("items"), element);
            }
        });
        it.path("oneOf").forEach(one -> {
            if (one.path("title").asText().equals(value.path("kind").asText())) {
                fits(one, value);
            }
        });
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : resolved(root.at(reference.substring(1)));
    }
}
