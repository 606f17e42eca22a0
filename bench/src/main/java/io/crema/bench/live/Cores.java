package io.crema.bench.live;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** How many cores some processes kept busy, with all that they have started. For one thread. */
final class Cores {
    private final Map<String, Long> pids = new LinkedHashMap<>();
    private final Map<String, Duration> before = new LinkedHashMap<>();
    private long start;

    Cores add(String name, long pid) {
        pids.put(name, pid);
        return this;
    }

    void begin() {
        start = System.nanoTime();
        pids.forEach((name, pid) -> before.put(name, cpu(pid)));
    }

    /** Since {@link #begin}, by name; what the system does not tell is 0. */
    Map<String, Double> busy() {
        var nanos = System.nanoTime() - start;
        Map<String, Double> busy = new LinkedHashMap<>();
        pids.forEach((name, pid) -> {
            var used = cpu(pid).minus(before.getOrDefault(name, Duration.ZERO)).toNanos();
            busy.put(name, Math.round(100.0 * used / nanos) / 100.0);
        });
        return busy;
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(handle -> pid == ProcessHandle.current().pid()
                        ? Stream.of(handle)
                        : Stream.concat(Stream.of(handle), handle.descendants()))
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
