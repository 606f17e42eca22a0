package io.crema.ingest.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Reads requests' bodies: each up to a size and for a while, and so many at once of one caller. What drips in is held
 * in memory until it is whole, so rates alone would let a caller take all of it. Thread-safe.
 */
final class Bodies {
    /** Longer than machines wait for their answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int CHUNK = 8192;

    private final int most;
    private final int atOnce;
    private final LongSupplier nanos;
    private final Map<String, Integer> reading = new HashMap<>();

    /**
     * @param most bytes of one body
     * @param atOnce bodies of one caller
     * @param nanos a clock that only moves forward, in nanoseconds
     */
    Bodies(int most, int atOnce, LongSupplier nanos) {
        this.most = most;
        this.atOnce = atOnce;
        this.nanos = nanos;
    }

    /** @throws Problem when it is too large or too slow, or when the caller is sending too many */
    byte[] read(String caller, InputStream in) throws IOException {
        begin(caller);
        try {
            return whole(in);
        } finally {
            end(caller);
        }
    }

    private byte[] whole(InputStream in) throws IOException {
        var since = nanos.getAsLong();
        var bytes = new ByteArrayOutputStream();
        var chunk = new byte[CHUNK];
        for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            bytes.write(chunk, 0, count);
            if (bytes.size() > most) {
                throw Problem.tooLarge("the body has more than %d bytes".formatted(most));
            }
            if (nanos.getAsLong() - since > PATIENCE.toNanos()) {
                throw Problem.tooSlow(
                        "the body was not here within %d s; send less at once".formatted(PATIENCE.toSeconds()));
            }
        }
        return bytes.toByteArray();
    }

    private synchronized void begin(String caller) {
        if (reading.getOrDefault(caller, 0) >= atOnce) {
            throw Problem.tooMuch("%d bodies are being sent already; wait a little".formatted(atOnce), 1);
        }
        reading.merge(caller, 1, Integer::sum);
    }

    private synchronized void end(String caller) {
        reading.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
    }
}
