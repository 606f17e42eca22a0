package io.crema.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldLayTheEnvironmentOverTheFile() throws IOException {
        var file = Files.writeString(folder.resolve("crema.env"), """
                # shared by all services
                CREMA_CHAIN_ID=31337

                CREMA_JDBC_URL=jdbc:postgresql://db/crema?user=crema&password=a=b
                CREMA_PARTITIONS=4
                """);
        assertThat(EnvironmentFile.beneath(Map.of("CREMA_ENV_FILE", file.toString(), "CREMA_PARTITIONS", "8")))
                .containsEntry("CREMA_CHAIN_ID", "31337")
                .containsEntry("CREMA_JDBC_URL", "jdbc:postgresql://db/crema?user=crema&password=a=b")
                .containsEntry("CREMA_PARTITIONS", "8");
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        var file = folder.resolve("crema.env");
        var variables = Map.of("CREMA_CHAIN_ID", "1", "CREMA_RPC_URLS", "http://a:1,http://b:2");
        EnvironmentFile.write(file, variables);
        assertThat(EnvironmentFile.read(file)).isEqualTo(variables);
    }

    @Test
    void shouldDoWithoutAFileWhereNoneIsNamed() {
        var environment = Map.of("CREMA_CHAIN_ID", "1", "CREMA_ENV_FILE", " ");
        assertThat(EnvironmentFile.beneath(environment)).isSameAs(environment);
    }

    @Test
    void shouldNameTheMissingFileAndTheBrokenLineButNotWhatItSays() throws IOException {
        var missing = folder.resolve("none.env");
        assertThatThrownBy(() -> EnvironmentFile.beneath(Map.of("CREMA_ENV_FILE", missing.toString())))
                .hasMessageContaining("CREMA_ENV_FILE")
                .hasMessageContaining(missing.toString());
        var broken = Files.writeString(folder.resolve("broken.env"), "CREMA_CHAIN_ID=1\nsecret words\n");
        assertThatThrownBy(() -> EnvironmentFile.read(broken))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("secret");
    }
}
