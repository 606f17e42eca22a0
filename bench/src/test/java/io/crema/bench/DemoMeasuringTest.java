package io.crema.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoMeasuringTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REPORT = """
            {"cups": 200, "transactions": {"count": 5, "gas": 1}, "firstCupSeconds": 4.5, "wallSeconds": 10.0,
             "latencyMs": {"tap": {"p50": 1.5, "p99": 3.0}, "readModel": {"p50": 90.0, "p99": 200.0}},
             "peakMemoryMiB": 800, "invariants": [{"id": 1, "holds": true}, {"id": 2, "holds": false}]}
            """;

    @Test
    void shouldTakeItsFiguresFromTheDemosReport() throws JsonProcessingException {
        var demo = DemoMeasuring.read("./crema demo", JSON.readTree(REPORT));

        assertThat(demo.cupsPerSecond()).isEqualTo(20);
        assertThat(demo.firstCupSeconds()).isEqualTo(4.5);
        assertThat(demo.peakMemoryMiB()).isEqualTo(800);
        assertThat(demo.tapMillis().get("p99").doubleValue()).isEqualTo(3);
        assertThat(demo.readModelMillis().get("p50").doubleValue()).isEqualTo(90);
        assertThat(demo.allInvariantsHold()).isFalse();
    }

    @Test
    void shouldRunTheLauncherAndReadItsStandardOutput(@TempDir Path home) throws Exception {
        launcher(home, "echo 'not part of the report' >&2; cat <<'END'\n" + REPORT + "END\n");

        var demo = DemoMeasuring.measure(home, 200);

        assertThat(demo.command()).isEqualTo("./crema demo --cups 200 --machines 10 --json");
        assertThat(demo.cups()).isEqualTo(200);
    }

    @Test
    void shouldFailWhenTheDemoFails(@TempDir Path home) throws IOException {
        launcher(home, "echo '{}'; exit 1\n");

        assertThatThrownBy(() -> DemoMeasuring.measure(home, 200)).hasMessageContaining("exit code 1");
    }

    private static void launcher(Path home, String script) throws IOException {
        var file = Files.writeString(home.resolve("crema"), "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void shouldNameTheKeyThatAReportLacks() {
        assertThatThrownBy(() -> DemoMeasuring.read("./crema demo", JSON.readTree("{\"cups\": 1}")))
                .hasMessageContaining("wallSeconds");
    }
}
