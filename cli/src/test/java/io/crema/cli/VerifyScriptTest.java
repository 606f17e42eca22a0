package io.crema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/verify.sh} makes of a build, with a Maven that only says what it is told. */
final class VerifyScriptTest {
    private static final Path VERIFY =
            Path.of("../bin/verify.sh").toAbsolutePath().normalize();
    private static final String PASSED =
            "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in io.crema.SomeTest";

    @TempDir
    Path dir;

    @Test
    void shouldCountWhatPassed() throws Exception {
        assertThat(verify("echo '" + PASSED + "'")).isEqualTo("3 passed, 0 failed, 0 skipped rc=0");
    }

    @Test
    void shouldCallABuildFailedThatBrokeWithoutAFailedTest() throws Exception {
        assertThat(verify("echo '" + PASSED + "'; echo '[ERROR] The forked VM terminated'; exit 1"))
                .isEqualTo("3 passed, 1 failed, 0 skipped rc=1");
    }

    @Test
    void shouldCallABuildFailedThatSaysNothing() throws Exception {
        assertThat(verify("exit 1")).isEqualTo("0 passed, 1 failed, 0 skipped rc=1");
    }

    private String verify(String maven) throws Exception {
        Files.writeString(dir.resolve("try.sh"), """
                set -euo pipefail
                CREMA_HOME=$PWD BUILD_DIR=$PWD/target BUILT_FROM=$PWD/built
                mkdir -p "$BUILD_DIR"
                say() { echo "crema: $*" >&2; }
                node() { :; }
                mvn() ( %s )
                . "%s"
                verify_java no
                summary no 1
                """.formatted(maven, VERIFY));
        var process = new ProcessBuilder("bash", "try.sh")
                .directory(dir.toFile())
                .redirectError(dir.resolve("messages").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip() + " rc="
                + process.exitValue();
    }
}
