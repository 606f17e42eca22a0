package io.crema.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnvilBinaryTest {
    @TempDir
    Path dir;

    @Test
    void shouldPreferTheProjectsOwn() throws IOException {
        var own = executable(dir.resolve("home/contracts/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil"));
        executable(dir.resolve("bin/anvil"));
        var path = dir.resolve("bin").toString();

        assertThat(AnvilBinary.find(Optional.of(dir.resolve("home")), path, "linux-amd64"))
                .isEqualTo(own);
    }

    @Test
    void shouldFallBackToThePath() throws IOException {
        var onPath = executable(dir.resolve("bin/anvil"));

        assertThat(AnvilBinary.find(Optional.of(dir), "/nowhere:" + dir.resolve("bin"), "linux-arm64"))
                .isEqualTo(onPath);
    }

    @Test
    void shouldSayWhereItLookedAndWhatToDo() {
        assertThatThrownBy(() -> AnvilBinary.find(Optional.of(dir), "", "linux-amd64"))
                .hasMessageContaining(dir.toString())
                .hasMessageContaining("npm ci")
                .hasMessageContaining("PATH");
    }

    private static Path executable(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
