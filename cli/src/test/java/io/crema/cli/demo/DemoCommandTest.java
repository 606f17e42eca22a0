package io.crema.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.cli.Crema;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--machines 0 | --machines 0 is out of range; expected 1 to 200",
                "--machines 201 | expected 1 to 200",
                "--machines many | many",
                "--employees 0 | --employees 0 is out of range",
                "--machines 3 --employees 1 --cups 1 | --employees 1 is too few",
                "--cups -5 | --cups -5 is out of range",
                "--cups 5 --for 60s | give one of them",
                "--for soon | --for soon: expected a time such as 60s",
                "--for 0s | --for 0s",
                "--trace x.csv --cups 5 | leave out --cups and --for",
                "--trace x.csv --employees 5 | leave out --employees",
                "--trace no-such.csv | no-such.csv cannot be read",
                "--speed 10 | give --trace too",
                "--trace x.csv --speed 0 | --speed 0: expected a number above 0, or max",
                "--pace fast | --pace fast: expected a number above 0, or max",
                "--cups 9 --kill broker@30 | 'broker' is no service; there are ingest, streams",
                "--cups 9 --kill edge | expected SERVICE@PERCENT",
                "--cups 9 --kill edge@30 --kill edge@40 | names a service twice",
                "--for 60s --kill edge@30 | give --cups or --trace",
                "--cups 9 --offline 0 | --offline 0 is out of range; expected 1 to 100",
                "--offline 50 | --offline counts in percent of the cups; give --cups or --trace",
                "--cups 9 --offline 50 --kill edge@30 | give one of them",
                "--port 70000 | --port 70000 is no port",
                "--brew | --brew"
            })
    void shouldNameTheWrongValueAndTheRemedy(String args, String message) {
        var err = new StringWriter();

        var code = Crema.commandLine().setErr(new PrintWriter(err)).execute(("demo " + args.strip()).split(" "));

        assertThat(code).isIn(1, 2);
        assertThat(err.toString()).contains(message.strip());
    }

    @Test
    void shouldSayEverythingThatDoesNotGoTogetherAtOnce() {
        var err = new StringWriter();

        Crema.commandLine()
                .setErr(new PrintWriter(err))
                .execute("demo", "--machines", "0", "--cups", "0", "--speed", "2");

        assertThat(err.toString()).contains("--machines 0", "--cups 0", "--speed");
    }
}
