package io.crema.schemas.wire;

import io.crema.schemas.wire.CompoundForms.FixedForm;
import io.crema.schemas.wire.CompoundForms.ListForm;
import io.crema.schemas.wire.CompoundForms.MapForm;
import io.crema.schemas.wire.CompoundForms.RecordForm;
import io.crema.schemas.wire.CompoundForms.UnionForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Makes forms out of the schemas of generated records. They read and write the same bytes as Avro's own readers and
 * writers of specific records, several times as fast: the schema is looked at once, not at each value. Thread-safe.
 */
final class Forms {
    private static final int MICROS = 1_000_000;

    private final Map<String, RecordForm> records = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException for a schema that our records do not use */
    Form of(Schema schema) {
        var logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case NULL -> new Plain<>(Void.class, (value, out) -> {}, in -> null);
            case BOOLEAN -> new Plain<>(Boolean.class, (value, out) -> out.octet(value ? 1 : 0), Input::bool);
            case INT -> new Plain<>(Integer.class, (value, out) -> out.number(value), Input::int32);
            case LONG -> logical == null ? LONG : timestamp(schema, logical);
            case DOUBLE -> new Plain<>(Double.class, (value, out) -> out.float64(value), Input::float64);
            case STRING -> new Plain<>(String.class, (value, out) -> out.text(value), Input::text);
            case BYTES -> logical == null ? BYTES : decimal(schema, logical);
            case FIXED -> new FixedForm(schema, type(schema));
            case ENUM -> symbols(type(schema));
            case ARRAY -> new ListForm(of(schema.getElementType()));
            case MAP -> new MapForm(of(schema.getValueType()));
            case UNION -> new UnionForm(schema.getTypes().stream().map(this::of).toArray(Form[]::new));
            case RECORD -> record(schema);
            case FLOAT -> throw unknown(schema);
        };
    }

    /** Of one Java type. */
    private record Plain<T>(Class<T> type, BiConsumer<T, Bytes> writer, Function<Input, @Nullable T> reader)
            implements Form {
        @Override
        @SuppressWarnings("NullAway") // null itself is the one value of Void
        public void write(@Nullable Object value, Bytes out) {
            writer.accept(type.cast(value), out);
        }

        @Override
        public @Nullable Object read(Input in) {
            return reader.apply(in);
        }

        @Override
        public boolean fits(@Nullable Object value) {
            return type == Void.class ? value == null : type.isInstance(value);
        }
    }

    private static final Form LONG = new Plain<>(Long.class, (value, out) -> out.number(value), Input::int64);

    private static final Form BYTES = new Plain<>(
            ByteBuffer.class,
            (value, out) -> {
                var bytes = new byte[value.remaining()];
                value.duplicate().get(bytes);
                out.number(bytes.length);
                out.raw(bytes);
            },
            in -> ByteBuffer.wrap(in.raw(in.count())));

    private static final Form TIMESTAMP = new Plain<>(
            Instant.class,
            (value, out) -> out.number(
                    Math.addExact(Math.multiplyExact(value.getEpochSecond(), (long) MICROS), value.getNano() / 1_000)),
            in -> {
                var micros = in.int64();
                return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
            });

    private static Form timestamp(Schema schema, LogicalType logical) {
        if (logical instanceof LogicalTypes.TimestampMicros) {
            return TIMESTAMP;
        }
        throw unknown(schema);
    }

    private static Form decimal(Schema schema, LogicalType logical) {
        if (logical instanceof LogicalTypes.Decimal decimal && decimal.getScale() == 0) {
            var digits = decimal.getPrecision();
            return new Plain<>(
                    BigDecimal.class,
                    (value, out) -> writeDecimal(value, digits, out),
                    in -> new BigDecimal(new BigInteger(in.raw(in.count()))));
        }
        throw unknown(schema);
    }

    private static void writeDecimal(BigDecimal value, int digits, Bytes out) {
        if (value.scale() != 0 || value.precision() > digits) {
            throw new IllegalArgumentException(
                    "%s is no whole number of at most %d digits".formatted(value.toPlainString(), digits));
        }
        var bytes = value.unscaledValue().toByteArray();
        out.number(bytes.length);
        out.raw(bytes);
    }

    private static Form symbols(Class<?> type) {
        var symbols = Objects.requireNonNull(type.getEnumConstants());
        return new Plain<>(
                Enum.class, (value, out) -> out.number(value.ordinal()), in -> (Enum<?>) symbols[in.int32()]);
    }

    private RecordForm record(Schema schema) {
        var known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        var fields =
                schema.getFields().stream().map(field -> of(field.schema())).toArray(Form[]::new);
        var made = new RecordForm(type(schema), fields);
        var first = records.putIfAbsent(schema.getFullName(), made);
        return first == null ? made : first;
    }

    private static Class<?> type(Schema schema) {
        return SpecificData.get().getClass(schema);
    }

    private static IllegalArgumentException unknown(Schema schema) {
        return new IllegalArgumentException("no record of ours has had a %s so far".formatted(schema));
    }
}
