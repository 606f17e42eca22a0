package io.crema.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder on the disk that is measured, gone afterwards. */
final class Scratch {
    private Scratch() {}

    /** Something to measure. */
    @FunctionalInterface
    interface Measured<T> {
        T in(Path folder) throws Exception;
    }

    static <T> T with(Measured<T> measured) throws Exception {
        var parent = Files.createDirectories(Path.of(System.getProperty(TapBenchmark.DIRECTORY, "target")));
        var folder = Files.createTempDirectory(parent, "edge-");
        try {
            return measured.in(folder);
        } finally {
            clear(folder);
        }
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
