package io.crema.schemas.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The schemas that were ever published, with the ids that stand for them on the wire; committed with the code, so that
 * no service needs a registry to start. Immutable and thread-safe.
 */
public final class CommittedSchemas {
    private static final String FOLDER = "/registry/";
    private static final CommittedSchemas INSTANCE = load();

    private final List<Committed> all;
    private final Map<Integer, Committed> byId = new LinkedHashMap<>();
    private final Map<String, Committed> newest = new LinkedHashMap<>();

    /**
     * One committed schema.
     *
     * @param id on the wire
     * @param subject the record's full name
     * @param version counts from 1 in its subject
     * @param text the schema's JSON, to the byte
     */
    public record Committed(int id, String subject, int version, String text, Schema schema) {}

    /** One line of the index. */
    record Entry(int id, String subject, int version) {}

    private CommittedSchemas(List<Committed> all) {
        this.all = List.copyOf(all);
        for (var committed : all) {
            byId.put(committed.id(), committed);
            newest.merge(committed.subject(), committed, (a, b) -> a.version() > b.version() ? a : b);
        }
    }

    public static CommittedSchemas instance() {
        return INSTANCE;
    }

    /** In order of id. */
    public List<Committed> all() {
        return all;
    }

    public Optional<Committed> byId(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The newest version by subject. */
    public Map<String, Committed> newest() {
        return Collections.unmodifiableMap(newest);
    }

    public Optional<Committed> newest(String subject) {
        return Optional.ofNullable(newest.get(subject));
    }

    private static CommittedSchemas load() {
        try (var index = open("index.json")) {
            List<Committed> all = new ArrayList<>();
            for (var entry : new ObjectMapper().readValue(index, Entry[].class)) {
                try (var file = open(entry.id() + ".avsc")) {
                    var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
                    all.add(new Committed(
                            entry.id(), entry.subject(), entry.version(), text, new Schema.Parser().parse(text)));
                }
            }
            return new CommittedSchemas(all);
        } catch (IOException e) {
            throw new UncheckedIOException("the committed schemas cannot be read", e);
        }
    }

    private static InputStream open(String name) throws IOException {
        var stream = CommittedSchemas.class.getResourceAsStream(FOLDER + name);
        if (stream == null) {
            throw new IOException("no resource " + FOLDER + name);
        }
        return stream;
    }
}
