package io.crema.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Holds a process to a share of one core, through the kernel's control groups (version 1 or 2); needs root. The period is
 * 4 ms, so that a held process is slow rather than stopped for long.
 */
final class CpuShare implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final int PERIOD_MICROS = 4_000;

    private final Path group;

    private CpuShare(Path group) {
        this.group = group;
    }

    /** @return empty where this machine does not allow it */
    static Optional<CpuShare> of(double share, long pid) {
        var quota = Math.round(PERIOD_MICROS * share);
        var second = Files.exists(ROOT.resolve("cgroup.controllers"));
        var group = (second ? ROOT : ROOT.resolve("cpu")).resolve("crema-bench-" + pid);
        try {
            Files.createDirectory(group);
            if (second) {
                Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
            } else {
                Files.writeString(group.resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
                Files.writeString(group.resolve("cpu.cfs_quota_us"), "" + quota);
            }
            Files.writeString(group.resolve("cgroup.procs"), "" + pid);
            return Optional.of(new CpuShare(group));
        } catch (IOException | SecurityException refused) {
            System.err.println("crema: the processor's share cannot be limited here: " + refused);
            return Optional.empty();
        }
    }

    /** To be called when the process has ended. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(group);
    }
}
