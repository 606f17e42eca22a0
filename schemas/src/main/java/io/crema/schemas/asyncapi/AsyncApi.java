package io.crema.schemas.asyncapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.CommittedSchemas;
import io.crema.schemas.wire.CommittedSchemas.Committed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * The topic catalogue and the committed schemas as an AsyncAPI 3.0 document, for other people's tools. The same
 * catalogue makes the same bytes. Stateless.
 */
public final class AsyncApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AVRO = "application/vnd.apache.avro+json;version=1.9.0";

    private AsyncApi() {}

    /** @param args the file to write: docs/asyncapi.json */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("give the file to write, docs/asyncapi.json");
        }
        Files.writeString(Path.of(args[0]), document());
    }

    /** The document as indented JSON, with a line feed at its end. */
    public static String document() {
        var document = JSON.createObjectNode();
        document.put("asyncapi", "3.0.0");
        document.set("info", info());
        document.put("defaultContentType", CloudEvents.CONTENT_TYPE);
        var channels = document.putObject("channels");
        for (var topic : Topic.values()) {
            channels.set(topic.topicName(), channel(topic));
        }
        var components = document.putObject("components");
        var schemas = components.putObject("schemas");
        schemas.set("CloudEventsHeaders", CloudEventsHeaders.schema());
        var committed = new TreeMap<String, Committed>();
        for (var topic : Topic.values()) {
            topic.records().forEach(type -> committed.put(type.getSimpleName(), committed(type)));
        }
        committed.forEach((name, schema) -> schemas.set(name, avro(schema)));
        try {
            var printer = new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"));
            return JSON.writer(printer).writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the AsyncAPI document cannot be written", e);
        }
    }

    private static ObjectNode info() {
        var info = JSON.createObjectNode();
        info.put("title", "Crema");
        info.put("version", "1");
        info.put(
                "description",
                "The events, commands and tables of Crema in Kafka. Keys are raw bytes. Partition = Kafka's murmur2 of the key, made positive, modulo the number of partitions, which all topics of a deployment share (only chain.checkpoints.table.v1 has one). Values are Confluent's wire format: byte 0, the schema id as 4 big-endian bytes, Avro binary; ids are committed and the same everywhere. A topic may hold several record types: the schema id tells which, its subject is the record's full name.");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        return info;
    }

    private static ObjectNode channel(Topic topic) {
        var channel = JSON.createObjectNode();
        channel.put("address", topic.topicName());
        channel.put("title", topic.topicName());
        channel.put("description", "Key: %s. %s".formatted(Keys.described(topic.key()), kept(topic)));
        var messages = channel.putObject("messages");
        topic.records().forEach(type -> messages.set(type.getSimpleName(), message(topic, type)));
        var kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", topic.topicName());
        var configuration = kafka.putObject("topicConfiguration");
        configuration.putArray("cleanup.policy").add(topic.kind() == Topic.Kind.TABLE ? "compact" : "delete");
        if (topic.kind() != Topic.Kind.TABLE) {
            configuration.put(
                    "retention.ms",
                    topic.retention().map(time -> time.toMillis()).orElse(-1L));
        }
        kafka.put("bindingVersion", "0.5.0");
        return channel;
    }

    private static ObjectNode message(Topic topic, Class<? extends SpecificRecord> type) {
        var committed = committed(type);
        var message = JSON.createObjectNode();
        message.put("name", committed.subject());
        message.put("title", type.getSimpleName());
        message.put("summary", committed.schema().getDoc());
        message.put("contentType", CloudEvents.CONTENT_TYPE);
        message.putObject("headers").put("$ref", "#/components/schemas/CloudEventsHeaders");
        message.putObject("payload").put("$ref", "#/components/schemas/" + type.getSimpleName());
        var kafka = message.putObject("bindings").putObject("kafka");
        kafka.set("key", Keys.schema(topic.key()));
        kafka.put("schemaIdLocation", "payload");
        kafka.put("schemaIdPayloadEncoding", "confluent");
        kafka.put("schemaLookupStrategy", "RecordIdStrategy");
        kafka.put("bindingVersion", "0.5.0");
        message.put("x-schema-id", committed.id());
        message.put("x-schema-version", committed.version());
        return message;
    }

    private static ObjectNode avro(Committed committed) {
        var schema = JSON.createObjectNode();
        schema.put("schemaFormat", AVRO);
        try {
            schema.set("schema", JSON.readTree(committed.text()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("schema %d is no JSON".formatted(committed.id()), e);
        }
        return schema;
    }

    private static String kept(Topic topic) {
        return switch (topic.kind()) {
            case EVENTS -> "Kept for ever.";
            case TELEMETRY -> "Kept for 30 days.";
            case TABLE -> "Compacted: the newest record of a key is its state, an empty value deletes it.";
        };
    }

    private static Committed committed(Class<? extends SpecificRecord> type) {
        return CommittedSchemas.instance()
                .newest(type.getName())
                .orElseThrow(() -> new IllegalStateException(
                        "the schema of %s is not committed; run CommitSchemas first".formatted(type.getName())));
    }
}
