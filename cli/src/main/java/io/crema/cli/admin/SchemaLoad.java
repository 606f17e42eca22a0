package io.crema.cli.admin;

import io.crema.schemas.registry.ApicurioExport;
import io.crema.schemas.wire.CommittedSchemas;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Brings the committed schemas into an Apicurio Registry, once. */
final class SchemaLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private SchemaLoad() {}

    /**
     * Loads them into an empty registry; one that has them already is only checked.
     *
     * @throws SetupException when the registry holds other schemas under their ids
     */
    static String into(URI registry, Waiting waiting) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var subjects = waiting.until("the registry at " + registry, () -> {
                var answer = get(client, registry, "subjects");
                return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
            });
            if (subjects.replaceAll("\\s", "").equals("[]")) {
                ApicurioExport.load(registry);
            }
            for (var committed : CommittedSchemas.instance().all()) {
                var served = get(client, registry, "schemas/ids/%d/schema".formatted(committed.id()));
                if (served.statusCode() != 200 || !same(committed.schema(), served.body())) {
                    throw new SetupException(
                            "the registry at %s has not the schema %d of %s; it must be empty, or loaded by this command before"
                                    .formatted(registry, committed.id(), committed.subject()));
                }
            }
            return "The registry at %s serves all %d schemas under their ids."
                    .formatted(registry, CommittedSchemas.instance().all().size());
        }
    }

    private static boolean same(Schema committed, String served) {
        try {
            return new Schema.Parser().parse(served).equals(committed);
        } catch (SchemaParseException e) {
            return false;
        }
    }

    private static HttpResponse<String> get(HttpClient client, URI registry, String path)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(registry.resolve("/apis/ccompat/v7/" + path))
                .timeout(TIMEOUT)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
