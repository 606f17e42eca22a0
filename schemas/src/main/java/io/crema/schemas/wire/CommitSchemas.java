package io.crema.schemas.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.crema.events.ChannelFacts;
import io.crema.events.ChannelState;
import io.crema.events.CustomerKeys;
import io.crema.events.MachineState;
import io.crema.events.PartyState;
import io.crema.events.ServiceState;
import io.crema.events.TelemetryBody;
import io.crema.events.WaitingBatch;
import io.crema.events.WaitingReceipt;
import io.crema.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Adds the current schemas, where they are new or changed, to the committed ones. Run by a developer; never at run time. */
public final class CommitSchemas {
    /** What streams keeps in stores of its own and sends to itself. */
    private static final List<Class<? extends SpecificRecord>> KEPT = List.of(
            ChannelFacts.class,
            ChannelState.class,
            CustomerKeys.class,
            MachineState.class,
            PartyState.class,
            ServiceState.class,
            WaitingBatch.class,
            WaitingReceipt.class);

    private CommitSchemas() {}

    /** The current schema of every record that travels by itself, by full name. */
    public static TreeMap<String, Schema> current() {
        var current = new TreeMap<String, Schema>();
        for (var topic : Topic.values()) {
            topic.records().forEach(type -> put(current, type));
        }
        put(current, TelemetryBody.class);
        KEPT.forEach(type -> put(current, type));
        return current;
    }

    /** @param args the folder of the committed schemas */
    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        List<CommittedSchemas.Entry> entries = new ArrayList<>(
                List.of(mapper.readValue(folder.resolve("index.json").toFile(), CommittedSchemas.Entry[].class)));
        for (var schema : current().values()) {
            add(schema, entries, folder);
        }
        Files.writeString(folder.resolve("index.json"), mapper.writeValueAsString(entries) + "\n");
    }

    private static void add(Schema schema, List<CommittedSchemas.Entry> entries, Path folder) throws IOException {
        var versions = entries.stream()
                .filter(entry -> entry.subject().equals(schema.getFullName()))
                .sorted(Comparator.comparingInt(CommittedSchemas.Entry::version))
                .toList();
        if (!versions.isEmpty()) {
            var text = Files.readString(folder.resolve(versions.getLast().id() + ".avsc"));
            if (new Schema.Parser().parse(text).equals(schema)) {
                return;
            }
        }
        var id = entries.stream().mapToInt(CommittedSchemas.Entry::id).max().orElse(0) + 1;
        Files.writeString(folder.resolve(id + ".avsc"), schema.toString(true) + "\n");
        entries.add(new CommittedSchemas.Entry(id, schema.getFullName(), versions.size() + 1));
    }

    private static void put(TreeMap<String, Schema> schemas, Class<? extends SpecificRecord> type) {
        var schema = PlainSchema.of(SpecificData.get().getSchema(type));
        schemas.put(schema.getFullName(), schema);
    }
}
