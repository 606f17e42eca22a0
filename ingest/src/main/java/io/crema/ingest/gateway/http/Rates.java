package io.crema.ingest.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** So much per caller and second, with a burst; knows a bounded number of callers. Thread-safe. */
final class Rates {
    private static final int MOST_CALLERS = 100_000;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    private static final class Bucket {
        private double left;
        private long at;
    }

    /** @param nanos a clock that only moves forward, in nanoseconds */
    Rates(double perSecond, double burst, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
    }

    /** @throws Problem when the caller has had its share */
    synchronized void take(String caller) {
        var now = nanos.getAsLong();
        var bucket = buckets.computeIfAbsent(caller, _ -> {
            var fresh = new Bucket();
            fresh.left = burst;
            fresh.at = now;
            return fresh;
        });
        bucket.left = Math.min(burst, bucket.left + (now - bucket.at) * perSecond / 1e9);
        bucket.at = now;
        if (bucket.left < 1) {
            throw Problem.tooMuch(
                    "more than %d requests in a burst, or %s a second; wait a little"
                            .formatted((long) burst, perSecond),
                    (int) Math.ceil((1 - bucket.left) / perSecond));
        }
        bucket.left--;
    }
}
