package io.crema.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.schemas.wire.CommittedSchemas;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RegistryServerTest {
    private static final String SUBJECT = "io.crema.events.ChannelToppedUp";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CommittedSchemas.Committed COMMITTED =
            CommittedSchemas.instance().newest(SUBJECT).orElseThrow();

    private final RegistryServer server = new RegistryServer(0).start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldServeTheCommittedSchemasByIdSubjectAndVersion() throws Exception {
        assertThat(get("/subjects", 200))
                .hasSize(CommittedSchemas.instance().newest().size());
        assertThat(get("/schemas/ids/" + COMMITTED.id(), 200).path("schema").asText())
                .isEqualTo(COMMITTED.text());
        assertThat(get("/subjects/" + SUBJECT + "/versions/latest", 200)
                        .path("id")
                        .asInt())
                .isEqualTo(COMMITTED.id());
        assertThat(get("/schemas/ids/" + COMMITTED.id() + "/versions", 200)
                        .path(0)
                        .path("subject")
                        .asText())
                .isEqualTo(SUBJECT);
        assertThat(get("/mode", 200).path("mode").asText()).isEqualTo("READONLY");
        assertThat(get("/config/" + SUBJECT, 200).path("compatibilityLevel").asText())
                .isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void shouldAnswerWithConfluentsErrors() throws Exception {
        assertThat(get("/subjects/none/versions", 404).path("error_code").asInt())
                .isEqualTo(40401);
        assertThat(get("/subjects/" + SUBJECT + "/versions/99", 404)
                        .path("error_code")
                        .asInt())
                .isEqualTo(40402);
        assertThat(get("/subjects/" + SUBJECT + "/versions/first", 422)
                        .path("error_code")
                        .asInt())
                .isEqualTo(42202);
        assertThat(get("/schemas/ids/4711", 404).path("error_code").asInt()).isEqualTo(40403);
        assertThat(get("/nothing", 404).path("error_code").asInt()).isEqualTo(404);
        assertThat(post("/subjects/" + SUBJECT, "{", 400).path("message").asText())
                .contains("no JSON");
        assertThat(post("/subjects/" + SUBJECT, "{\"schema\":\"{\"}", 422)
                        .path("error_code")
                        .asInt())
                .isEqualTo(42201);
    }

    @Test
    void shouldRegisterOnlyWhatIsCommitted() throws Exception {
        var body = JSON.createObjectNode().put("schema", COMMITTED.text()).toString();
        assertThat(post("/subjects/" + SUBJECT + "/versions", body, 200)
                        .path("id")
                        .asInt())
                .isEqualTo(COMMITTED.id());
        var refused = post("/subjects/" + SUBJECT + "/versions", "{\"schema\":\"\\\"int\\\"\"}", 422);
        assertThat(refused.path("error_code").asInt()).isEqualTo(42205);
        assertThat(refused.path("message").asText()).contains("committed with the code");
    }

    private JsonNode get(String path, int status) throws Exception {
        return send(HttpRequest.newBuilder(server.uri().resolve(path)).GET(), status);
    }

    private JsonNode post(String path, String body, int status) throws Exception {
        return send(
                HttpRequest.newBuilder(server.uri().resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)),
                status);
    }

    private JsonNode send(HttpRequest.Builder request, int status) throws Exception {
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }
}
