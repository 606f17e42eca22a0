package io.crema.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.bench.Report.Taps;
import io.crema.platform.Pcscd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The edge as a process: taps, freely and with a quarter of a core, and the way back after a long time offline. */
final class EdgeMeasuring {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double QUARTER = 0.25;

    private final Path folder;
    private final Optional<Path> archive;
    private final int taps;
    private final int starts;
    private final int receipts;

    /**
     * @param parent where journals are written
     * @param archive what a machine carries, unpacked; without it no starts are measured
     */
    EdgeMeasuring(Path parent, Optional<Path> archive, int taps, int starts, int receipts) throws IOException {
        Files.createDirectories(parent);
        this.folder = Files.createTempDirectory(parent, "edge-");
        this.archive = archive;
        this.taps = taps;
        this.starts = starts;
        this.receipts = receipts;
    }

    Report.Edge measure() throws Exception {
        try {
            List<Taps> measured = new ArrayList<>();
            measured.add(taps("by call", "memory", 1));
            measured.add(taps("by call, held to a quarter of a core", "memory", QUARTER));
            var missing = Pcscd.missing();
            if (missing.isEmpty()) {
                measured.add(taps("over a virtual PC/SC reader", "pcsc", 1));
                measured.add(taps("over a virtual PC/SC reader, held to a quarter of a core", "pcsc", QUARTER));
            } else {
                System.err.println("crema: no taps over PC/SC: " + missing.get());
            }
            var installed = archive.isPresent()
                    ? new StartMeasuring(archive.get(), folder.resolve("starts"), starts).measure()
                    : List.<Report.Start>of();
            return new Report.Edge(measured, installed, new Backfill(folder.resolve("backfill"), receipts).measure());
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /** Between two people some time passes, in which a held process saves nothing up. */
    private Taps taps(String how, String way, double share) throws IOException, InterruptedException {
        System.err.println("crema: %d taps, %s".formatted(taps, how));
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx48m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TapProcess.class.getName(),
                way,
                Files.createDirectory(folder.resolve(way + (share < 1 ? "-held" : "-free")))
                        .toString(),
                "" + taps / 4,
                "" + taps,
                "20");
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var held = share < 1 ? CpuShare.of(share, process.pid()) : Optional.<CpuShare>empty();
        try (var go = process.getOutputStream()) {
            go.write('\n');
        }
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var code = process.waitFor();
        if (held.isPresent()) {
            held.get().close();
        }
        if (code != 0) {
            throw new IOException(
                    "the tapping process ended with exit code %d; its messages stand above".formatted(code));
        }
        var report = JSON.readTree(text);
        return new Taps(
                share < 1 && held.isEmpty() ? how + ": not possible here, so free" : how,
                report.required("taps").intValue(),
                report.required("p50").doubleValue(),
                report.required("p99").doubleValue());
    }
}
