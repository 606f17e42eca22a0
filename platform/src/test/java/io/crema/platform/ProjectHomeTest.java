package io.crema.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectHomeTest {
    @TempDir
    Path dir;

    @Test
    void shouldWalkUpToTheFolderOfTheContracts() throws IOException {
        Files.createDirectories(dir.resolve("contracts"));
        Files.createFile(dir.resolve("contracts/package.json"));
        var below = Files.createDirectories(dir.resolve("streams/target"));

        assertThat(ProjectHome.find(null, null, below)).contains(dir);
    }

    @Test
    void shouldPreferThePropertyToTheVariable() {
        assertThat(ProjectHome.find("/a", "/b", dir)).contains(Path.of("/a"));
        assertThat(ProjectHome.find(" ", "/b", dir)).contains(Path.of("/b"));
    }
}
