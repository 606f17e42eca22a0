package io.crema.bench.live;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each receipt was due, and how long after that each reader saw it. The latency counts from when a receipt should
 * have been sent, so that a sender that is held up hides nothing. Thread-safe.
 */
final class Latencies {
    private final AtomicLongArray due;
    private final AtomicLongArray[] seen;
    private final AtomicLong[] counts;

    /** @param receipts at most so many */
    Latencies(int receipts, int readers) {
        due = new AtomicLongArray(receipts);
        seen = new AtomicLongArray[readers];
        counts = new AtomicLong[readers];
        for (var reader = 0; reader < readers; reader++) {
            seen[reader] = new AtomicLongArray(receipts);
            counts[reader] = new AtomicLong();
        }
    }

    /** @param at by {@link System#nanoTime}; never 0 */
    void due(long receipt, long at) {
        due.set((int) receipt, at);
    }

    /** @return false when the reader has seen it before: only the first sight counts */
    boolean seen(int reader, long receipt, long at) {
        if (receipt < due.length() && seen[reader].compareAndSet((int) receipt, 0, at)) {
            counts[reader].incrementAndGet();
            return true;
        }
        return false;
    }

    /** How many receipts the reader has seen. */
    long count(int reader) {
        return counts[reader].get();
    }

    /** Of the receipts from the first to before the last. */
    Spread spread(int reader, long from, long to) {
        var nanos = new long[Math.toIntExact(to - from)];
        var count = 0;
        for (var i = (int) from; i < to; i++) {
            var at = seen[reader].get(i);
            if (at != 0) {
                nanos[count++] = at - due.get(i);
            }
        }
        return Spread.of(Arrays.copyOf(nanos, count), nanos.length - count);
    }

    static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }

    /**
     * Latencies in milliseconds.
     *
     * @param missing how many were never seen
     */
    record Spread(long receipts, long missing, double p50, double p90, double p99, double p999, double max) {
        static Spread of(long[] nanos, long missing) {
            var sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Spread(
                    sorted.length,
                    missing,
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.9),
                    quantile(sorted, 0.99),
                    quantile(sorted, 0.999),
                    quantile(sorted, 1));
        }

        /** The smallest that at least this share does not exceed. */
        private static double quantile(long[] sorted, double share) {
            if (sorted.length == 0) {
                return -1;
            }
            return millis(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
        }
    }
}
