package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Amount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    void shouldNameAllThatIsWrongAtOnce() {
        var env = Map.of("CREMA_CHAIN_ID", "x", "CREMA_REDEEM_CRITICAL_SHARE", "101", "CREMA_PAYMENT_PROVIDER", "0x1");
        assertThatThrownBy(() -> StreamsConfig.fromEnvironment(env))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CREMA_CHAIN_ID is x")
                .hasMessageContaining("CREMA_REDEEM_CRITICAL_SHARE is 101")
                .hasMessageContaining("CREMA_PAYMENT_PROVIDER is 0x1")
                .hasMessageContaining("CREMA_BOOTSTRAP_SERVERS is not set")
                .hasMessageContaining("CREMA_DATA_DIR is not set");
    }
}
