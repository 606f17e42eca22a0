package io.crema.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Watches the memory of this process and all its descendants, and of further process trees given by their root (a
 * PostgreSQL postmaster leaves its parent), as the operating system counts it. Safe for use by several threads.
 */
public final class ProcessTree implements AutoCloseable {
    private final Set<Long> roots = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService observer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("memory-observer").factory());
    private volatile Sample peak = new Sample(0, List.of());

    /** One process at one moment: id, program, KiB. */
    public record Part(long pid, String program, long kib) {}

    /** All processes at one moment, the largest first. */
    public record Sample(long kib, List<Part> parts) {
        public Sample {
            parts = List.copyOf(parts);
        }

        /** The sum, rounded up to whole MiB. */
        public long mib() {
            return (kib + 1023) / 1024;
        }
    }

    private ProcessTree() {
        roots.add(ProcessHandle.current().pid());
    }

    /** Starts watching, one sample each {@code interval}. */
    public static ProcessTree watch(Duration interval) {
        var tree = new ProcessTree();
        var _ = tree.observer.scheduleWithFixedDelay(tree::sample, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return tree;
    }

    /** Counts this process and its descendants too, from now on; a process that ends meanwhile counts nothing. */
    public ProcessTree include(long pid) {
        roots.add(pid);
        return this;
    }

    /** The highest sum seen so far, in MiB. */
    public long peakMiB() {
        return peak.mib();
    }

    /** The moment of the highest sum, process by process. */
    public Sample peak() {
        return peak;
    }

    /** Takes a sample now. */
    public synchronized Sample sample() {
        var seen = new HashSet<Long>();
        var parts = new ArrayList<Part>();
        for (var root : roots) {
            ProcessHandle.of(root).stream()
                    .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                    .filter(handle -> seen.add(handle.pid()))
                    .forEach(handle -> ProcessMemory.kib(handle.pid())
                            .ifPresent(kib -> parts.add(new Part(handle.pid(), program(handle), kib))));
        }
        parts.sort(Comparator.comparingLong(Part::kib).reversed());
        var sample = new Sample(parts.stream().mapToLong(Part::kib).sum(), parts);
        if (sample.kib() > peak.kib()) {
            peak = sample;
        }
        return sample;
    }

    /** Stops watching; the peak remains. */
    @Override
    public void close() {
        observer.shutdownNow();
    }

    private static String program(ProcessHandle handle) {
        return handle.info()
                .command()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .orElse("?");
    }
}
