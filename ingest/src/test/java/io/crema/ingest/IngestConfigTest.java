package io.crema.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.deploy.Contracts;
import io.crema.contracts.value.Address;
import io.crema.ingest.watch.Finality;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestConfigTest {
    @TempDir
    Path dir;

    @Test
    void shouldTakeWhatIsNotSetFromWhatIs() {
        var config = config(Map.of("CREMA_RPC_URLS", "http://a:1, https://b/key, http://c:3"));
        assertThat(config.nodes().agreement()).isEqualTo(2);
        assertThat(config.nodes().wsUrls())
                .containsExactly(URI.create("ws://a:1"), URI.create("wss://b/key"), URI.create("ws://c:3"));
        assertThat(config.finality()).isEqualTo(new Finality.Confirmations(12));
        assertThat(config.toString()).contains("https://b").doesNotContain("key");
    }

    @Test
    void shouldPreferFinalityToConfirmations() {
        assertThat(config(Map.of("CREMA_CONFIRMATIONS", "3")).finality()).isEqualTo(new Finality.Confirmations(3));
        assertThat(config(Map.of("CREMA_CONFIRMATIONS", "3", "CREMA_FINALITY", "finalized"))
                        .finality())
                .isEqualTo(Finality.Tag.FINALIZED);
        assertThat(config(Map.of("CREMA_FINALITY", "5")).finality()).isEqualTo(new Finality.Confirmations(5));
        assertThat(config(Map.of("CREMA_WS_URLS", "off")).nodes().wsUrls()).isEmpty();
    }

    @Test
    void shouldReadFurtherDeploymentsFromTheirFiles() throws IOException {
        var file = dir.resolve("contracts.json");
        contracts(7, 1).write(file);
        var config = config(Map.of("CREMA_DEPLOYMENTS", file.toString()));
        assertThat(config.deployments()).hasSize(2);
        assertThat(config.deployments().getLast().paymentProvider()).isEqualTo(address(7));
        assertThat(config.paymentProvider()).isEqualTo(address(1));
    }

    @Test
    void shouldNameAllFaultsAtOnce() throws IOException {
        var file = dir.resolve("contracts.json");
        contracts(7, 5).write(file);
        assertThatThrownBy(() -> config(Map.of(
                        "CREMA_FINALITY", "soon",
                        "CREMA_RPC_AGREEMENT", "2",
                        "CREMA_DEPLOYMENTS", file + "," + dir.resolve("none.json"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give finalized, safe, or a whole number")
                .hasMessageContaining("CREMA_RPC_AGREEMENT is 2")
                .hasMessageContaining("are on chain 5, CREMA_CHAIN_ID is 1")
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> config(Map.of("CREMA_RPC_URLS", "http://a,http://a", "CREMA_WS_URLS", "http://b")))
                .hasMessageContaining("a node cannot confirm itself")
                .hasMessageContaining("give ws://");
    }

    private static IngestConfig config(Map<String, String> more) {
        var env = new HashMap<>(Map.of(
                "CREMA_BOOTSTRAP_SERVERS", "127.0.0.1:9092",
                "CREMA_CHAIN_ID", "1",
                "CREMA_RPC_URLS", "http://127.0.0.1:8545",
                "CREMA_PAYMENT_PROVIDER", address(1).hex(),
                "CREMA_IDENTITY_PROVIDER", address(2).hex(),
                "CREMA_RENTAL_PROVIDER", address(3).hex(),
                "CREMA_MAINTENANCE_PROVIDER", address(4).hex(),
                "CREMA_SUPPLY_PROVIDER", address(5).hex(),
                "CREMA_DEPLOYMENT_BLOCK", "10"));
        env.putAll(more);
        return IngestConfig.fromEnvironment(env);
    }

    private static Contracts contracts(int payments, long chainId) {
        return new Contracts(address(9), address(2), address(payments), address(3), address(4), address(5), chainId, 5);
    }

    private static Address address(int number) {
        var bytes = new byte[Address.LENGTH];
        bytes[19] = (byte) number;
        return Address.of(bytes);
    }
}
