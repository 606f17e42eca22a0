package io.crema.bench.throughput;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was committed when, from the end of the warm-up to the end of the load or of the time. Not thread-safe. */
final class Window {
    private static final int PARTS = 10;

    private final long from;
    private final long to;
    private final double mostSeconds;
    private final List<Sample> samples = new ArrayList<>();

    /** @param receipts committed since the load began */
    record Sample(long nanos, long receipts, Duration folding, Duration broker) {
        double secondsSince(Sample earlier) {
            return (nanos - earlier.nanos) / 1e9;
        }
    }

    /**
     * @param from receipts that are not counted
     * @param to receipts in all
     */
    Window(long from, long to, double mostSeconds) {
        this.from = from;
        this.to = to;
        this.mostSeconds = mostSeconds;
    }

    /** True when it is over. */
    boolean take(Sample sample) {
        if (sample.receipts() < from) {
            return false;
        }
        samples.add(sample);
        return sample.receipts() >= to || sample.secondsSince(samples.getFirst()) >= mostSeconds;
    }

    Rate rate(String how, String badges) {
        // The last sample may lie long after the last commit.
        var whole = samples.stream().filter(s -> s.receipts() < to).toList();
        var counted = whole.size() > 1 ? whole : samples;
        var first = counted.getFirst();
        var last = counted.getLast();
        var receipts = Math.max(1, last.receipts() - first.receipts());
        return new Rate(
                how,
                badges,
                last.receipts() - first.receipts(),
                rounded(last.secondsSince(first)),
                rounded((last.receipts() - first.receipts()) / last.secondsSince(first)),
                rounded(slowest(counted)),
                rounded(last.folding().minus(first.folding()).toNanos() / 1e3 / receipts),
                rounded(last.broker().minus(first.broker()).toNanos() / 1e3 / receipts));
    }

    private static double slowest(List<Sample> samples) {
        var step = Math.max(1, (samples.size() - 1) / PARTS);
        var slowest = Double.MAX_VALUE;
        for (var i = 0; i + step < samples.size(); i += step) {
            var a = samples.get(i);
            var b = samples.get(i + step);
            slowest = Math.min(slowest, (b.receipts() - a.receipts()) / b.secondsSince(a));
        }
        return slowest;
    }

    /** To three significant digits: more would be noise. */
    static double rounded(double value) {
        return Double.isFinite(value) ? Double.parseDouble(String.format(Locale.ROOT, "%.2e", value)) : 0;
    }
}
