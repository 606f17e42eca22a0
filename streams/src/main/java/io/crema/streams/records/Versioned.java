package io.crema.streams.records;

import io.crema.schemas.wire.RecordFormatException;
import java.nio.ByteBuffer;

/**
 * Values of stores that are no Avro records: the version of their format is their first byte, so that a later build can
 * tell what an earlier one wrote.
 */
public final class Versioned {
    /** The only format so far. */
    public static final byte FIRST = 1;

    private Versioned() {}

    /** A buffer for so many bytes of content, behind the version. */
    public static ByteBuffer allocate(int content) {
        return ByteBuffer.allocate(1 + content).put(FIRST);
    }

    /** The content behind the version. @throws RecordFormatException when a build that we do not know wrote it */
    public static ByteBuffer read(String store, byte[] value) {
        if (value.length < 1 || value[0] != FIRST) {
            throw new RecordFormatException(
                    "store %s holds a value of format %s, expected %d; start the build that wrote it, or a newer one"
                            .formatted(store, value.length < 1 ? "nothing" : value[0], FIRST));
        }
        return ByteBuffer.wrap(value, 1, value.length - 1).slice();
    }
}
