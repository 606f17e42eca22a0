package io.crema.schemas.wire;

import org.jspecify.annotations.Nullable;

/** How values of one schema are laid out as Avro's binary encoding says. Immutable and thread-safe. */
interface Form {

    /** The Java type of the values; that of {@code null} is {@link Void}. */
    Class<?> type();

    /** @throws RuntimeException of any kind when the value is none of the schema */
    void write(@Nullable Object value, Bytes out);

    /** @throws RuntimeException of any kind when the bytes are none of the schema */
    @Nullable
    Object read(Input in);

    /** Whether this is the branch of a union for the value. */
    default boolean fits(@Nullable Object value) {
        return type().isInstance(value);
    }
}
