package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Amount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StreamsConfigTest {
    private static final Map<String, String> ENOUGH = Map.of(
            "CREMA_BOOTSTRAP_SERVERS", "127.0.0.1:9092",
            "CREMA_CHAIN_ID", "31337",
            "CREMA_PAYMENT_PROVIDER", "0x5fbdb2315678afecb367f032d93f642f64180aa3",
            "CREMA_MAINTENANCE_PROVIDER", "0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0",
            "CREMA_DATA_DIR", "/tmp/crema");

    @Test
    void shouldHaveDefaultsForAllThatMayDiffer() {
        var config = StreamsConfig.fromEnvironment(ENOUGH);
        assertThat(config.partitions()).isEqualTo(4);
        assertThat(config.policy().threshold()).isEqualTo(StreamsConfig.DEFAULT_THRESHOLD);
        assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.rule().quantity()).isEqualTo("BoilerTempCoffee");
    }

    @Test
    void shouldTakeWhatIsSet() {
        var env = new HashMap<>(ENOUGH);
        env.put("CREMA_REDEEM_THRESHOLD", "7");
        env.put("CREMA_REDEEM_INTERVAL_SECONDS", "9");
        env.put("CREMA_FAULT_ABOVE", "99.5");
        var config = StreamsConfig.fromEnvironment(env);
        assertThat(config.policy().threshold()).isEqualTo(Amount.of(7));
        assertThat(config.policy().interval()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.rule().above()).isEqualTo(99.5);
        assertThat(config.rule().clearBelow()).isEqualTo(99.5);
    }

    @Test
    void shouldTakeTheInstancesPart() {
        var env = new HashMap<>(ENOUGH);
        assertThat(StreamsConfig.fromEnvironment(env).instance()).isEqualTo(Instance.UNNAMED);
        env.put("CREMA_INSTANCE", "streams-1");
        env.put("CREMA_STREAMS_STANDBYS", "2");
        env.put("CREMA_STREAMS_SESSION_SECONDS", "30");
        var instance = StreamsConfig.fromEnvironment(env).instance();
        assertThat(instance).isEqualTo(new Instance(Optional.of("streams-1"), 2, Duration.ofSeconds(30)));
        var properties = new Properties();
        instance.applyTo(properties);
        assertThat(properties)
                .containsEntry("num.standby.replicas", 2)
                .containsEntry("main.consumer.group.instance.id", "streams-1")
                .containsEntry("consumer.session.timeout.ms", 30_000)
                .containsEntry("consumer.heartbeat.interval.ms", 5_000);
    }

    @Test
    void shouldNameAllThatIsWrongAtOnce() {
        var env = Map.of(
                "CREMA_CHAIN_ID",
                "x",
                "CREMA_REDEEM_CRITICAL_SHARE",
                "101",
                "CREMA_PAYMENT_PROVIDER",
                "0x1",
                "CREMA_INSTANCE",
                "my instance",
                "CREMA_STREAMS_SESSION_SECONDS",
                "5");
        assertThatThrownBy(() -> StreamsConfig.fromEnvironment(env))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CREMA_CHAIN_ID is x")
                .hasMessageContaining("CREMA_REDEEM_CRITICAL_SHARE is 101")
                .hasMessageContaining("CREMA_PAYMENT_PROVIDER is 0x1")
                .hasMessageContaining("CREMA_INSTANCE is my instance")
                .hasMessageContaining("CREMA_STREAMS_SESSION_SECONDS is 5")
                .hasMessageContaining("CREMA_BOOTSTRAP_SERVERS is not set")
                .hasMessageContaining("CREMA_DATA_DIR is not set");
    }
}
