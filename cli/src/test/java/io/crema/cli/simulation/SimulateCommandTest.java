package io.crema.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.cli.Crema;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSumUpWhatItRan() {
        assertThat(execute("simulate", "--seeds", "2", "--seed", "7", "--steps", "80"))
                .isZero();
        assertThat(out.toString()).contains("2 seeds, 160 steps", "0 failed", "seeds per second", "faults: ");
    }

    @Test
    void shouldRefuseToRunNothing() {
        assertThat(execute("simulate", "--seeds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--seeds and --steps are at least 1, got 0 and 300");
    }

    private int execute(String... arguments) {
        return Crema.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
