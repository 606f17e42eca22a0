package io.crema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class CremaTest {
    @Test
    void shouldNameEveryCommandOnTheHelpPage() {
        var page = Crema.helpPage();

        assertThat(Crema.commandLine().getSubcommands().keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page).contains("\n  " + name + " "));
    }

    @Test
    void shouldPrintItsVersionAndJava() {
        var out = new StringWriter();

        var code = Crema.commandLine().setOut(new PrintWriter(out)).execute("version");

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("crema ").contains("Java 25");
    }

    @Test
    void shouldRefuseAnUnknownCommandWithCodeTwo() {
        var err = new StringWriter();

        var code = Crema.commandLine().setErr(new PrintWriter(err)).execute("brew");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("brew");
    }
}
