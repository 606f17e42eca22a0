package io.crema.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProjectionsConfigTest {
    @Test
    void shouldNameAllFaultsAtOnceAndNoPassword() {
        assertThatThrownBy(() -> new ProjectionsConfig(
                        "nowhere",
                        "jdbc:mysql://db/crema?password=secret",
                        "Crema",
                        "127.0.0.1",
                        70_000,
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContainingAll("'nowhere'", "jdbc:postgresql:", "'Crema'", "70000")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldNameWhatTheEnvironmentLacks() {
        assertThatThrownBy(() -> ProjectionsConfig.fromEnvironment(Map.of()))
                .hasMessageContainingAll("CREMA_BOOTSTRAP_SERVERS", "CREMA_JDBC_URL");
        assertThatThrownBy(() -> ProjectionsConfig.fromEnvironment(Map.of(
                        "CREMA_BOOTSTRAP_SERVERS",
                        "a:1",
                        "CREMA_JDBC_URL",
                        "jdbc:postgresql://b/c",
                        "CREMA_HTTP_PORT",
                        "x")))
                .hasMessageContaining("CREMA_HTTP_PORT is 'x'");
    }

    @Test
    void shouldListenOnThisMachineOnlyUnlessTold() {
        var config = ProjectionsConfig.fromEnvironment(Map.of(
                "CREMA_BOOTSTRAP_SERVERS", "a:1,b:2", "CREMA_JDBC_URL", "jdbc:postgresql://b/c?password=secret"));
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.httpPort()).isZero();
        assertThat(config.toString()).doesNotContain("secret");
    }
}
