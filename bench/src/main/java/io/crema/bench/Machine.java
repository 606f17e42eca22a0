package io.crema.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were made on.
 *
 * @param journalDisk the file system under the tap's journal
 * @param loadAtStart the one-minute load average before the first benchmark; negative where it is not known
 */
record Machine(String system, String processor, int cores, long memoryMiB, String journalDisk, double loadAtStart) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    static Machine here(Path journals) {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                memory() >> 20,
                fileSystem(journals),
                currentLoad());
    }

    static double currentLoad() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String processorName() {
        var architecture = System.getProperty("os.arch");
        if (!Files.isReadable(PROCESSORS)) {
            return architecture;
        }
        try (var lines = Files.lines(PROCESSORS, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + " (" + architecture + ")")
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + PROCESSORS, e);
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static String fileSystem(Path journals) {
        try {
            Files.createDirectories(journals);
            return Files.getFileStore(journals).type();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write journals in " + journals, e);
        }
    }
}
