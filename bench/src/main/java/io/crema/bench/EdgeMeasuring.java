package io.crema.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.bench.Report.Taps;
import io.crema.platform.Pcscd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Taps at an edge that is a process of its own: freely, and held to a quarter of a core, as a small computer would. */
final class EdgeMeasuring {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double QUARTER = 0.25;

    /** The virtual reader takes half a second to notice that a phone has come. */
    private static final int READER_SHARE = 10;

    private final Path folder;
    private final int taps;

    /** @param folder where journals are written; it is the caller's */
    EdgeMeasuring(Path folder, int taps) {
        this.folder = folder;
        this.taps = taps;
    }

    List<Taps> measure() throws IOException, InterruptedException {
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
        return measured;
    }

    /** Between two people some time passes, in which a held process saves nothing up. */
    private Taps taps(String how, String way, double share) throws IOException, InterruptedException {
        var measured = way.equals("pcsc") ? taps / READER_SHARE : taps;
        System.err.println("crema: %d taps, %s".formatted(measured, how));
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
                "" + measured / 4,
                "" + measured,
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
        var result = new Taps(
                share < 1 && held.isEmpty() ? how + ": not possible here, so free" : how,
                report.required("taps").intValue(),
                report.required("p50").doubleValue(),
                report.required("p99").doubleValue());
        System.err.println("crema: " + result);
        return result;
    }
}
