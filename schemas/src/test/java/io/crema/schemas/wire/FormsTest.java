package io.crema.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Avro's own readers and writers are the oracle, for every record that is committed. */
class FormsTest {
    private static final int TRIES = 200;
    private static final Forms FORMS = new Forms();

    private final Random random = new Random(20260101);

    static Stream<Schema> schemas() {
        // The codec tells Avro which classes it may make.
        RecordCodec.perThread();
        return CommittedSchemas.instance().newest().keySet().stream().sorted().map(FormsTest::current);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldWriteTheBytesThatAvroWrites(Schema schema) throws IOException {
        for (var i = 0; i < TRIES; i++) {
            var record = record(schema);
            assertThat(ours(schema, record)).isEqualTo(avros(schema, record));
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldReadWhatAvroReads(Schema schema) throws IOException {
        for (var i = 0; i < TRIES; i++) {
            var bytes = avros(schema, record(schema));
            assertThat(FORMS.of(schema).read(new Input(bytes, 0))).isEqualTo(readByAvro(schema, bytes));
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldThrowNothingWorseThanAnExceptionAtBrokenBytes(Schema schema) throws IOException {
        var form = FORMS.of(schema);
        for (var i = 0; i < TRIES; i++) {
            var bytes = avros(schema, record(schema));
            var cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertThatThrownBy(() -> form.read(new Input(cut, 0))).isInstanceOf(RuntimeException.class);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                form.read(new Input(bytes, 0));
            } catch (RuntimeException expected) {
                assertThat(expected).isNotNull();
            }
        }
    }

    private static Schema current(String name) {
        try {
            return SpecificData.get().getSchema(Class.forName(name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ours(Schema schema, SpecificRecord record) {
        var out = new Bytes();
        FORMS.of(schema).write(record, out);
        return out.toArray();
    }

    private static byte[] avros(Schema schema, SpecificRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(schema, SpecificData.getForSchema(schema)).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static SpecificRecord readByAvro(Schema schema, byte[] bytes) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        return new SpecificDatumReader<SpecificRecord>(schema, schema, SpecificData.getForSchema(schema))
                .read(null, decoder);
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> schema.getLogicalType() == null ? number() : Instant.EPOCH.plusNanos(number() / 1000 * 1000);
            case DOUBLE -> random.nextGaussian();
            case STRING -> "ä€" + random.nextInt(1000);
            case BYTES ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? new BigDecimal(new BigInteger(random.nextInt(3 * decimal.getPrecision()), random))
                        : ByteBuffer.wrap(bytes(random.nextInt(200))).order(ByteOrder.BIG_ENDIAN);
            case FIXED -> fixed(schema);
            case ENUM ->
                SpecificData.get()
                        .getClass(schema)
                        .getEnumConstants()[
                        random.nextInt(schema.getEnumSymbols().size())];
            case ARRAY -> list(schema.getElementType());
            case MAP -> map(schema.getValueType());
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> record(schema);
            case FLOAT -> throw new IllegalArgumentException("no record of ours has a float");
        };
    }

    private SpecificRecord record(Schema schema) {
        var record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        return record;
    }

    private Object fixed(Schema schema) {
        var fixed = (SpecificFixed) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        fixed.bytes(bytes(schema.getFixedSize()));
        return fixed;
    }

    private List<@Nullable Object> list(Schema element) {
        return IntStream.range(0, random.nextInt(4))
                .<@Nullable Object>mapToObj(i -> value(element))
                .toList();
    }

    private Map<String, @Nullable Object> map(Schema element) {
        Map<String, @Nullable Object> map = new HashMap<>();
        IntStream.range(0, random.nextInt(4)).forEach(i -> map.put("key " + i, value(element)));
        return map;
    }

    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
