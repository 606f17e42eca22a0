package io.crema.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the whole system as a user does and reads its report. */
final class DemoMeasuring {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MACHINES = 10;

    private DemoMeasuring() {}

    /**
     * @param home the folder with the launcher
     * @throws IOException when the demo cannot be started or ends without a report
     */
    static Report.Demo measure(Path home, int cups) throws IOException, InterruptedException {
        var arguments = List.of("demo", "--cups", "" + cups, "--machines", "" + MACHINES, "--json");
        var launcher = home.resolve("crema").toString();
        var command = new ArrayList<>(List.of(launcher));
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var code = process.waitFor();
        if (code != 0) {
            throw new IOException("'%s' ended with exit code %d; its messages stand above"
                    .formatted(String.join(" ", command), code));
        }
        return read("./crema " + String.join(" ", arguments), JSON.readTree(text));
    }

    static Report.Demo read(String command, JsonNode report) {
        var cups = report.required("cups").longValue();
        var wall = report.required("wallSeconds").doubleValue();
        var latency = report.required("latencyMs");
        var holds = true;
        for (var invariant : report.required("invariants")) {
            holds &= invariant.required("holds").booleanValue();
        }
        return new Report.Demo(
                command,
                cups,
                report.required("firstCupSeconds").doubleValue(),
                wall,
                Measuring.rounded(cups / wall),
                report.required("peakMemoryMiB").longValue(),
                latency.required("tap"),
                latency.required("readModel"),
                report.required("transactions").required("count").longValue(),
                holds);
    }
}
