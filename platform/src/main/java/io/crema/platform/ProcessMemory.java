package io.crema.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Memory of one process as the operating system counts it, in KiB: its proportional share (PSS) where Linux tells it,
 * so that memory shared by several processes counts once; else its resident set.
 */
final class ProcessMemory {
    private ProcessMemory() {}

    /** Empty when the process is gone. */
    static OptionalLong kib(long pid) {
        var proc = Path.of("/proc", Long.toString(pid));
        if (Files.isDirectory(Path.of("/proc/self"))) {
            var pss = field(proc.resolve("smaps_rollup"), "Pss:");
            return pss.isPresent() ? pss : field(proc.resolve("status"), "VmRSS:");
        }
        return resident(pid);
    }

    private static OptionalLong field(Path file, String name) {
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException | RuntimeException gone) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong resident(long pid) {
        try {
            var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            var text = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (IOException | NumberFormatException gone) {
            return OptionalLong.empty();
        }
    }
}
