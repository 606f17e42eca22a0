package io.crema.schemas.wire;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The forms that are made of others, and those of generated classes. */
final class CompoundForms {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private CompoundForms() {}

    /** A generated record: its fields in their order. */
    record RecordForm(Class<?> type, Supplier<SpecificRecord> fresh, Form[] fields) implements Form {
        RecordForm(Class<?> type, Form[] fields) {
            this(type, constructor(type), fields);
        }

        @Override
        public void write(@Nullable Object value, Bytes out) {
            // A class that is not the schema's would be written as if it were.
            var record = (SpecificRecord) Objects.requireNonNull(type.cast(value));
            for (var i = 0; i < fields.length; i++) {
                fields[i].write(record.get(i), out);
            }
        }

        @Override
        public Object read(Input in) {
            var record = fresh.get();
            for (var i = 0; i < fields.length; i++) {
                record.put(i, fields[i].read(in));
            }
            return record;
        }

        /** As fast as {@code new}, which reflection is not. */
        @SuppressWarnings("unchecked")
        private static Supplier<SpecificRecord> constructor(Class<?> type) {
            try {
                var constructor = LOOKUP.findConstructor(type, MethodType.methodType(void.class));
                return (Supplier<SpecificRecord>) LambdaMetafactory.metafactory(
                                LOOKUP,
                                "get",
                                MethodType.methodType(Supplier.class),
                                MethodType.methodType(Object.class),
                                constructor,
                                constructor.type())
                        .getTarget()
                        .invoke();
            } catch (Throwable e) {
                throw new IllegalStateException("%s has no public constructor without arguments".formatted(type), e);
            }
        }
    }

    /** A generated fixed. */
    record FixedForm(Class<?> type, int size, Function<byte[], SpecificFixed> wrap) implements Form {
        FixedForm(Schema schema, Class<?> type) {
            this(type, schema.getFixedSize(), constructor(type));
        }

        @Override
        public void write(@Nullable Object value, Bytes out) {
            var bytes = ((SpecificFixed) Objects.requireNonNull(value)).bytes();
            if (bytes.length != size) {
                throw new IllegalArgumentException(
                        "%s has %d bytes, got %d".formatted(type.getSimpleName(), size, bytes.length));
            }
            out.raw(bytes);
        }

        @Override
        public Object read(Input in) {
            return wrap.apply(in.raw(size));
        }

        @SuppressWarnings("unchecked")
        private static Function<byte[], SpecificFixed> constructor(Class<?> type) {
            try {
                var constructor = LOOKUP.findConstructor(type, MethodType.methodType(void.class, byte[].class));
                return (Function<byte[], SpecificFixed>) LambdaMetafactory.metafactory(
                                LOOKUP,
                                "apply",
                                MethodType.methodType(Function.class),
                                MethodType.methodType(Object.class, Object.class),
                                constructor,
                                constructor.type())
                        .getTarget()
                        .invoke();
            } catch (Throwable e) {
                throw new IllegalStateException("%s has no public constructor from bytes".formatted(type), e);
            }
        }
    }

    /** Blocks of elements, ended by an empty one. */
    record ListForm(Form element) implements Form {
        @Override
        public Class<?> type() {
            return List.class;
        }

        @Override
        public void write(@Nullable Object value, Bytes out) {
            var list = (List<?>) Objects.requireNonNull(value);
            if (!list.isEmpty()) {
                out.number(list.size());
                for (var one : list) {
                    element.write(one, out);
                }
            }
            out.number(0);
        }

        @Override
        public Object read(Input in) {
            List<@Nullable Object> list = new ArrayList<>();
            for (var count = blockOf(in); count > 0; count = blockOf(in)) {
                for (var i = 0; i < count; i++) {
                    list.add(element.read(in));
                }
            }
            return list;
        }
    }

    /** Blocks of names with values, ended by an empty one. */
    record MapForm(Form value) implements Form {
        @Override
        public Class<?> type() {
            return Map.class;
        }

        @Override
        public void write(@Nullable Object map, Bytes out) {
            var entries = (Map<?, ?>) Objects.requireNonNull(map);
            if (!entries.isEmpty()) {
                out.number(entries.size());
                entries.forEach((name, one) -> {
                    out.text((String) name);
                    value.write(one, out);
                });
            }
            out.number(0);
        }

        @Override
        public Object read(Input in) {
            Map<String, @Nullable Object> map = new HashMap<>();
            for (var count = blockOf(in); count > 0; count = blockOf(in)) {
                for (var i = 0; i < count; i++) {
                    map.put(in.text(), value.read(in));
                }
            }
            return map;
        }
    }

    /** One of several, with its number before it. */
    record UnionForm(Form[] branches) implements Form {
        @Override
        public Class<?> type() {
            return Object.class;
        }

        @Override
        public void write(@Nullable Object value, Bytes out) {
            for (var i = 0; i < branches.length; i++) {
                if (branches[i].fits(value)) {
                    out.number(i);
                    branches[i].write(value, out);
                    return;
                }
            }
            throw new IllegalArgumentException("%s is of none of the union's types".formatted(value));
        }

        @Override
        public @Nullable Object read(Input in) {
            return branches[in.int32()].read(in);
        }
    }

    /** A negative count is followed by the block's size in bytes, for those who skip it. */
    private static int blockOf(Input in) {
        var count = in.int64();
        if (count < 0) {
            count = -count;
            in.int64();
        }
        if (count < 0 || count > in.left()) {
            throw new IllegalArgumentException("a block of %d elements in %d bytes".formatted(count, in.left()));
        }
        return (int) count;
    }
}
