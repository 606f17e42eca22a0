package io.crema.schemas.wire;

import io.crema.schemas.topic.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/**
 * Encodes records in Confluent's wire format (byte 0, schema id as 4 big-endian bytes, Avro binary) and decodes them,
 * older committed versions resolved to the current class. Not thread-safe: one per thread (see {@link #perThread()}).
 */
public final class RecordCodec {
    private static final int HEADER = 5;
    private static final String PACKAGE = "io.crema.events";
    private static final ThreadLocal<RecordCodec> PER_THREAD = ThreadLocal.withInitial(RecordCodec::new);

    static {
        // Avro instantiates only classes that are named to it; by its system properties it would be too late here, when
        // a record was made before the first codec.
        var trusted = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                type -> trusted.isTrusted(type) || type.getPackageName().equals(PACKAGE));
    }

    private final CommittedSchemas committed = CommittedSchemas.instance();
    private static final Forms FORMS = new Forms();

    private final Map<Integer, Reader> readers = new HashMap<>();
    private final Map<Class<?>, Writer> writers = new HashMap<>();
    private final Bytes buffer = new Bytes();

    private record Writer(int id, Form form) {}

    /** Reads what one committed schema wrote. */
    private interface Reader {
        SpecificRecord read(byte[] bytes) throws IOException;
    }

    /** This thread's codec. */
    public static RecordCodec perThread() {
        return PER_THREAD.get();
    }

    /** @throws IllegalArgumentException when the topic's catalogue entry does not name the record's type */
    public byte[] encode(Topic topic, SpecificRecord record) {
        if (!topic.records().contains(record.getClass())) {
            throw new IllegalArgumentException("topic %s does not hold %s; it holds %s"
                    .formatted(topic, record.getClass().getSimpleName(), topic.records()));
        }
        return encode(record);
    }

    /** Encodes a record that travels inside another, such as a telemetry body. */
    public byte[] encode(SpecificRecord record) {
        var writer = writers.computeIfAbsent(record.getClass(), type -> writer(record));
        buffer.reset();
        buffer.octet(0);
        buffer.int32(writer.id());
        writer.form().write(record, buffer);
        return buffer.toArray();
    }

    /** @throws RecordFormatException when the bytes are no record of ours */
    public SpecificRecord decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new RecordFormatException("no value, expected a record");
        }
        if (bytes.length < HEADER || bytes[0] != 0) {
            throw new RecordFormatException(
                    "no wire format: %d bytes, expected byte 0, a 4-byte schema id and Avro".formatted(bytes.length));
        }
        var id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        var reader = readers.computeIfAbsent(id, this::reader);
        try {
            return reader.read(bytes);
        } catch (RecordFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Avro and its conversions throw many kinds, such as for a number without digits.
            throw new RecordFormatException("schema id %d, but the Avro is broken: %s".formatted(id, e), e);
        }
    }

    /** @throws RecordFormatException also when the record is of another type */
    public <T extends SpecificRecord> T decode(byte[] bytes, Class<T> type) {
        var record = decode(bytes);
        if (!type.isInstance(record)) {
            throw new RecordFormatException("expected %s, got %s"
                    .formatted(type.getSimpleName(), record.getClass().getSimpleName()));
        }
        return type.cast(record);
    }

    private Writer writer(SpecificRecord record) {
        var schema = record.getSchema();
        var id = committed
                .newest(schema.getFullName())
                .filter(c -> c.schema().equals(PlainSchema.of(schema)))
                .orElseThrow(() -> new IllegalStateException(
                        "the schema of %s is not committed as it is now; commit it first (crema schemas commit)"
                                .formatted(schema.getFullName())))
                .id();
        return new Writer(id, FORMS.of(schema));
    }

    private Reader reader(int id) {
        var writer = committed
                .byId(id)
                .orElseThrow(() -> new RecordFormatException("schema id %d is not among the %d committed schemas"
                        .formatted(id, committed.all().size())));
        try {
            var current = SpecificData.get().getSchema(Class.forName(writer.subject()));
            return writer.schema().equals(PlainSchema.of(current))
                    ? same(current)
                    : resolving(writer.schema(), current);
        } catch (ClassNotFoundException e) {
            throw new RecordFormatException("record %s is no longer known here".formatted(writer.subject()), e);
        }
    }

    /** Written as it is now. */
    private Reader same(Schema schema) {
        var form = FORMS.of(schema);
        return bytes -> {
            var in = new Input(bytes, HEADER);
            var record = (SpecificRecord) Objects.requireNonNull(form.read(in));
            checkEnd(in.left() == 0, schema);
            return record;
        };
    }

    /** Written by an earlier release: Avro's rules say how the one becomes the other. */
    private static Reader resolving(Schema written, Schema current) {
        var reader = new SpecificDatumReader<SpecificRecord>(written, current, SpecificData.getForSchema(current));
        return bytes -> {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
            var record = reader.read(null, decoder);
            checkEnd(decoder.isEnd(), current);
            return record;
        };
    }

    private static void checkEnd(boolean isEnd, Schema schema) {
        if (!isEnd) {
            throw new RecordFormatException(
                    "%s is followed by bytes that belong to nothing".formatted(schema.getName()));
        }
    }
}
