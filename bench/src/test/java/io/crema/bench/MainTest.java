package io.crema.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {
    @Test
    void shouldRefuseAnUnknownNameAndListTheKnown() {
        var err = new StringWriter();

        var code = new CommandLine(new Main()).setErr(new PrintWriter(err)).execute("espresso");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("'espresso'").contains(Main.known());
    }

    @Test
    void shouldNameEveryBenchmarkInItsUsage() {
        assertThat(new CommandLine(new Main()).getUsageMessage()).contains(Main.known());
    }
}
