package io.crema.bench.chain;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What of the heap is alive: in use right after a full collection. Not thread-safe. */
final class Memory {
    private final List<Double> live = new ArrayList<>();
    private long stopped;

    void look() {
        var start = System.nanoTime();
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        live.add(Math.round(memory.getHeapMemoryUsage().getUsed() / 104_857.6) / 10.0);
        stopped += System.nanoTime() - start;
    }

    /** How long the looks took, in which nothing else ran. */
    double seconds() {
        return stopped / 1e9;
    }

    /** Each look, in MiB. */
    List<Double> live() {
        return List.copyOf(live);
    }

    /** Between the smallest and the largest, in MiB. */
    double spread() {
        var figures = live.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return live.isEmpty() ? 0 : Math.round((figures.getMax() - figures.getMin()) * 10) / 10.0;
    }
}
