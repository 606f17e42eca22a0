package io.crema.streams.records;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which subject must be looked at when, in order of time: a store that is read from its front. Not thread-safe. */
public final class DueIndex {
    private static final byte[] PRESENT = {Versioned.FIRST};
    private static final byte[] EARLIEST = new byte[8];

    private final KeyValueStore<byte[], byte[]> store;

    public DueIndex(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** Moves the subject from one time to another; empty = it is not due at all. */
    public void move(byte[] subject, Optional<Instant> from, Optional<Instant> to) {
        if (from.equals(to)) {
            return;
        }
        from.ifPresent(time -> store.delete(key(time, subject)));
        to.ifPresent(time -> store.put(key(time, subject), PRESENT));
    }

    /** The subjects that are due, the longest due first. */
    public List<byte[]> due(Instant now, int most) {
        List<byte[]> subjects = new ArrayList<>();
        var end = ByteBuffer.allocate(8).putLong(micros(now) + 1).array();
        try (var entries = store.range(EARLIEST, end)) {
            while (entries.hasNext() && subjects.size() < most) {
                var key = entries.next().key;
                var subject = new byte[key.length - 8];
                System.arraycopy(key, 8, subject, 0, subject.length);
                subjects.add(subject);
            }
        }
        return subjects;
    }

    private static byte[] key(Instant time, byte[] subject) {
        return ByteBuffer.allocate(8 + subject.length)
                .putLong(micros(time))
                .put(subject)
                .array();
    }

    private static long micros(Instant time) {
        return Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }
}
