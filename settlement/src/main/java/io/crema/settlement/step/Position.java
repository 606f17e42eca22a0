package io.crema.settlement.step;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far a partition of intents is settled. Kafka keeps it as a committed offset with metadata, so that an intent may
 * wait while later ones go. Immutable.
 *
 * @param next the first offset that was not read yet
 * @param open offsets before it whose intents are neither in a transaction nor ended
 */
public record Position(long next, SortedSet<Long> open) {
    /** How many intents of a partition may be open, so that their offsets fit into Kafka's 4,096 bytes of metadata. */
    public static final int MOST_OPEN = 1_000;

    public static final Position START = new Position(0, Collections.emptySortedSet());

    public Position {
        open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
    }

    /** From where a restart reads again: the committed offset. */
    public long offset() {
        return open.isEmpty() ? next : open.first();
    }

    /** Whether a record read again after a restart still has to be looked at. */
    public boolean isOpen(long offset) {
        return offset >= next || open.contains(offset);
    }

    /** After the record at this offset was read, but nothing was done about it. */
    public Position read(long offset) {
        if (offset < next) {
            return this;
        }
        var more = new TreeSet<>(open);
        more.add(offset);
        return new Position(offset + 1, more);
    }

    /** After the intent at this offset went into a transaction or ended. */
    public Position closed(long offset) {
        var rest = new TreeSet<>(open);
        rest.remove(offset);
        return new Position(next, rest);
    }

    /** The metadata: distances between open offsets and to {@code next}, base64 of variable-length numbers. */
    public String metadata() {
        List<Long> points = new ArrayList<>(open);
        points.add(next);
        var buffer = ByteBuffer.allocate(points.size() * 10);
        var last = offset();
        for (var point : points) {
            put(buffer, point - last);
            last = point;
        }
        return Base64.getEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOf(buffer.array(), buffer.position()));
    }

    /** @throws IllegalArgumentException when the metadata was not written by {@link #metadata} */
    public static Position of(long offset, String metadata) {
        if (metadata.isEmpty()) {
            return new Position(offset, Collections.emptySortedSet());
        }
        var buffer = ByteBuffer.wrap(Base64.getDecoder().decode(metadata));
        var points = new TreeSet<Long>();
        var last = offset;
        while (buffer.hasRemaining()) {
            last += get(buffer);
            points.add(last);
        }
        return new Position(last, points.headSet(last));
    }

    private static void put(ByteBuffer buffer, long value) {
        var rest = value;
        while (rest > 0x7f) {
            buffer.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    private static long get(ByteBuffer buffer) {
        var value = 0L;
        for (var shift = 0; buffer.hasRemaining() && shift < 63; shift += 7) {
            var part = buffer.get();
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "the committed offset's metadata is cut off; it was not written by settlement");
    }
}
