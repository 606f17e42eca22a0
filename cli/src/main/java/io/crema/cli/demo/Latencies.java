package io.crema.cli.demo;

import java.util.Arrays;

/** Collects durations and tells percentiles. Thread-safe. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    synchronized int count() {
        return count;
    }

    /** In milliseconds with two decimals; zero where nothing was measured. */
    synchronized DemoReport.Percentiles percentiles() {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new DemoReport.Percentiles(at(sorted, 0.50), at(sorted, 0.99));
    }

    private static double at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        var index = (int) Math.ceil(share * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, index)] / 10_000.0) / 100.0;
    }
}
