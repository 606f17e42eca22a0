package io.crema.streams.records;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What waits, in order of the time since when: the oldest stands in front. Several kinds share a store. Keys: kind,
 * microseconds big-endian, subject. Not thread-safe.
 */
public final class TimeIndex {
    private static final byte[] PRESENT = {Versioned.FIRST};

    private final KeyValueStore<byte[], byte[]> store;
    private final byte kind;

    /** What a store of this index tells. */
    public enum Kind {
        /** Channels with money that is not redeemed. */
        UNREDEEMED,
        /** Receipts set aside. */
        WAITING;

        byte code() {
            return switch (this) {
                case UNREDEEMED -> 'u';
                case WAITING -> 'w';
            };
        }
    }

    public TimeIndex(KeyValueStore<byte[], byte[]> store, Kind kind) {
        this.store = store;
        this.kind = kind.code();
    }

    public void add(Instant since, byte[] subject) {
        store.put(key(since, subject), PRESENT);
    }

    public void remove(Instant since, byte[] subject) {
        store.delete(key(since, subject));
    }

    /** Moves the subject from one time to another; empty = it waits no more. */
    public void move(byte[] subject, Optional<Instant> from, Optional<Instant> to) {
        if (!from.equals(to)) {
            from.ifPresent(since -> remove(since, subject));
            to.ifPresent(since -> add(since, subject));
        }
    }

    /** Since when the oldest of a kind waits. Any thread may ask. */
    public static Optional<Instant> oldest(ReadOnlyKeyValueStore<byte[], byte[]> store, Kind kind) {
        var from = new byte[] {kind.code()};
        var to = new byte[] {(byte) (kind.code() + 1)};
        try (var entries = store.range(from, to)) {
            return entries.hasNext()
                    ? Optional.of(Instant.EPOCH.plus(
                            ByteBuffer.wrap(entries.next().key, 1, 8).getLong(), ChronoUnit.MICROS))
                    : Optional.empty();
        }
    }

    private byte[] key(Instant since, byte[] subject) {
        return ByteBuffer.allocate(9 + subject.length)
                .put(kind)
                .putLong(Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, since)))
                .put(subject)
                .array();
    }
}
