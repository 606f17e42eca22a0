package io.crema.schemas.wire;

import io.crema.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
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
    private final Map<Integer, SpecificDatumReader<SpecificRecord>> readers = new HashMap<>();
    private final Map<Class<?>, Writer> writers = new HashMap<>();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);

    private record Writer(int id, SpecificDatumWriter<SpecificRecord> datum) {}

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
        buffer.writeBytes(
                ByteBuffer.allocate(HEADER).put((byte) 0).putInt(writer.id()).array());
        try {
            writer.datum().write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
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
            var decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
            var record = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new RecordFormatException("%s is followed by bytes that belong to nothing"
                        .formatted(record.getSchema().getName()));
            }
            return record;
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
        return new Writer(id, new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)));
    }

    private SpecificDatumReader<SpecificRecord> reader(int id) {
        var writer = committed
                .byId(id)
                .orElseThrow(() -> new RecordFormatException("schema id %d is not among the %d committed schemas"
                        .formatted(id, committed.all().size())));
        try {
            var type = Class.forName(writer.subject());
            var reader = SpecificData.get().getSchema(type);
            return new SpecificDatumReader<>(writer.schema(), reader, SpecificData.getForSchema(reader));
        } catch (ClassNotFoundException e) {
            throw new RecordFormatException("record %s is no longer known here".formatted(writer.subject()), e);
        }
    }
}
