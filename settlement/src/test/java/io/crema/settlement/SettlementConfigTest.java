package io.crema.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Address;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettlementConfigTest {
    private static final String ONE = "0x00000000000000000000000000000000000000a1";
    private static final String TWO = "0x00000000000000000000000000000000000000a2";

    private final Map<String, String> env = new HashMap<>(Map.of(
            "CREMA_BOOTSTRAP_SERVERS", "broker:9092",
            "CREMA_CHAIN_ID", "31337",
            "CREMA_RPC_URLS", "https://node.example/v3/a-secret, http://127.0.0.1:8545",
            "CREMA_PAYMENT_PROVIDER", ONE,
            "CREMA_MAINTENANCE_PROVIDER", TWO,
            "CREMA_KEYSTORE", "keys/a.json,keys/b.json",
            "CREMA_KEYSTORE_PASSWORD_FILE", "keys/password"));

    @Test
    void shouldReadSeveralKeyFilesAndNodes() {
        var config = SettlementConfig.fromEnvironment(env);
        assertThat(config.rpcUrls()).hasSize(2);
        assertThat(config.keys())
                .isEqualTo(new KeySource.Files(List.of(
                        new KeySource.KeyFile(Path.of("keys/a.json"), Path.of("keys/password")),
                        new KeySource.KeyFile(Path.of("keys/b.json"), Path.of("keys/password")))));
    }

    @Test
    void shouldReadASigner() {
        env.remove("CREMA_KEYSTORE");
        env.put("CREMA_SIGNER_URL", "http://signer:9000");
        env.put("CREMA_SIGNER_ACCOUNTS", ONE + "," + TWO);
        assertThat(SettlementConfig.fromEnvironment(env).keys())
                .isEqualTo(new KeySource.Signer(
                        URI.create("http://signer:9000"), List.of(Address.fromHex(ONE), Address.fromHex(TWO))));
    }

    @Test
    void shouldReadWhenGasIsWorthIt() {
        env.put("CREMA_TOKEN_PER_ETHER", "3000000000");
        env.put("CREMA_PATIENT_BASE_FEE_GWEI", "20");
        env.put("CREMA_PATIENT_PERCENT_OF_USUAL", "90");
        env.put("CREMA_PATIENCE_SECONDS", "600");
        env.put("CREMA_LOW_BALANCE_GWEI", "7");
        var policy = SettlementConfig.fromEnvironment(env).policy();
        assertThat(policy.gas().tokenPerEther()).contains(BigInteger.valueOf(3_000_000_000L));
        assertThat(policy.gas().ceiling()).contains(BigInteger.valueOf(20_000_000_000L));
        assertThat(policy.gas().percentOfUsual()).contains(90);
        assertThat(policy.gas().patience()).isEqualTo(Duration.ofMinutes(10));
        assertThat(policy.lowBalance()).isEqualTo(BigInteger.valueOf(7_000_000_000L));
    }

    @Test
    void shouldNameAllFaultsAtOnceAndNoSecret() {
        env.put("CREMA_RPC_URLS", "https://node.example/v3/a-secret,ws://a-secret.example");
        env.put("CREMA_SIGNER_URL", "not a url a-secret");
        env.put("CREMA_SIGNER_ACCOUNTS", ONE + ",0x12," + ONE);
        env.put("CREMA_PATIENT_PERCENT_OF_USUAL", "cheap");
        env.put("CREMA_PATIENCE_SECONDS", "-1");
        assertThatThrownBy(() -> SettlementConfig.fromEnvironment(env))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "CREMA_RPC_URLS: entry 2",
                        "CREMA_SIGNER_URL: entry 1",
                        "CREMA_KEYSTORE and CREMA_SIGNER_URL are both set",
                        "CREMA_SIGNER_ACCOUNTS",
                        "names an account twice",
                        "CREMA_PATIENT_PERCENT_OF_USUAL",
                        "CREMA_PATIENCE_SECONDS")
                .hasMessageNotContaining("a-secret");
    }

    @Test
    void shouldSayThatAKeyIsMissing() {
        env.remove("CREMA_KEYSTORE");
        assertThatThrownBy(() -> SettlementConfig.fromEnvironment(env))
                .hasMessageContaining("neither CREMA_KEYSTORE nor CREMA_SIGNER_URL is set");
        env.put("CREMA_KEYSTORE", "a,b,c");
        env.put("CREMA_KEYSTORE_PASSWORD_FILE", "one,two");
        assertThatThrownBy(() -> SettlementConfig.fromEnvironment(env))
                .hasMessageContaining("expected 1 or as many as CREMA_KEYSTORE, 3");
    }

    @Test
    void shouldHideWhatAnEndpointsAddressMayHold() {
        assertThat(SettlementConfig.fromEnvironment(env).toString())
                .contains("https://node.example/…", "keys/a.json")
                .doesNotContain("a-secret");
    }
}
