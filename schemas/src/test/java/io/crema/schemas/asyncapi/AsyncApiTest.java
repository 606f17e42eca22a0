package io.crema.schemas.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class AsyncApiTest {
    private static final Path COMMITTED = Path.of("../docs/asyncapi.json");

    private final JsonNode document = read();

    @Test
    void shouldBeCommittedAsTheCatalogueIs() throws IOException {
        assertThat(Files.exists(COMMITTED)).as("docs/asyncapi.json is there").isTrue();
        assertThat(Files.readString(COMMITTED))
                .as(
                        "the catalogue or a schema has changed: run the main class AsyncApi on docs/asyncapi.json and commit it")
                .isEqualTo(AsyncApi.document());
    }

    @Test
    void shouldNameEveryTopicAndRecord() {
        var channels = document.path("channels");
        assertThat(channels.properties()).hasSize(Topic.values().length);
        for (var topic : Topic.values()) {
            var channel = channels.path(topic.topicName());
            assertThat(channel.path("address").asText()).isEqualTo(topic.topicName());
            assertThat(channel.path("description").asText()).startsWith("Key: ");
            var messages = channel.path("messages").properties().stream()
                    .map(message -> message.getValue().path("name").asText())
                    .toList();
            assertThat(messages)
                    .containsExactlyElementsOf(
                            topic.records().stream().map(Class::getName).toList());
        }
    }

    @Test
    void shouldReferOnlyToWhatItHolds() {
        var references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void shouldHoldSchemasThatAvroReads() {
        var schemas = document.at("/components/schemas").properties().stream()
                .filter(schema -> schema.getValue().has("schemaFormat"))
                .toList();
        assertThat(schemas)
                .isNotEmpty()
                .allSatisfy(schema -> assertThat(new Schema.Parser()
                                .parse(schema.getValue().path("schema").toString())
                                .getName())
                        .isEqualTo(schema.getKey()));
    }

    @Test
    void shouldHaveTheFieldsThatAsyncApi3Allows() {
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(names(document)).isSubsetOf("asyncapi", "info", "defaultContentType", "channels", "components");
        assertThat(names(document.path("info"))).contains("title", "version");
        for (var channel : document.path("channels")) {
            assertThat(names(channel)).isSubsetOf("address", "title", "description", "messages", "bindings");
            for (var message : channel.path("messages")) {
                assertThat(names(message).stream().filter(name -> !name.startsWith("x-")))
                        .isSubsetOf("name", "title", "summary", "contentType", "headers", "payload", "bindings");
            }
        }
        var strategies = document.findValuesAsText("schemaIdLocation");
        assertThat(strategies)
                .hasSize(Arrays.stream(Topic.values())
                        .mapToInt(t -> t.records().size())
                        .sum());
    }

    private static List<String> names(JsonNode node) {
        return StreamSupport.stream(node.properties().spliterator(), false)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(AsyncApi.document());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
