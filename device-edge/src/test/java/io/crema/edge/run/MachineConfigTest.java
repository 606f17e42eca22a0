package io.crema.edge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.value.Amount;
import io.crema.edge.node.Caps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MachineConfigTest {
    private static final Path DIR = Path.of("/var/lib/crema-edge");

    @Test
    void shouldReadSettings() throws IOException {
        var config = parse("""
                {"serial": "CM-1", "manufacturer": "0x00000000000000000000000000000000000000aa", "secretFile": "/etc/s",
                 "contracts": {"chainId": 31337, "paymentProvider": "0x0000000000000000000000000000000000000001",
                   "rentalProvider": "0x0000000000000000000000000000000000000002",
                   "maintenanceProvider": "0x0000000000000000000000000000000000000003"},
                 "reader": {"name": "ACR122U", "patienceMillis": 900}, "pressSeconds": 20, "telemetrySeconds": 30,
                 "body": {"adapter": "simulated", "products": [{"name": "Espresso"}]},
                 "kafka": {"bootstrapServers": "broker:9092"}, "health": {"port": 0}, "batteryClock": true,
                 "caps": {"cups": 200, "amount": "90000000", "offlineHours": 72, "cupsWithoutClock": 5}}
                """);

        assertThat(config.serial()).isEqualTo("CM-1");
        assertThat(config.secretFile()).isEqualTo(Path.of("/etc/s"));
        assertThat(config.contracts()).isPresent();
        assertThat(config.reader()).isEqualTo("ACR122U");
        assertThat(config.readerPatience()).isEqualTo(Duration.ofMillis(900));
        assertThat(config.press()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.batteryClock()).isTrue();
        assertThat(config.healthPort()).isZero();
        assertThat(config.caps())
                .isEqualTo(new Caps(200, true)
                        .withAmount(Amount.of(90_000_000))
                        .withOffline(Duration.ofDays(3))
                        .withCupsWithoutClock(5));
        assertThat(config.keyFile()).isEqualTo(DIR.resolve("machine-key.json"));
    }

    @Test
    void shouldNameAllFaultsAtOnce() {
        assertThatThrownBy(() -> parse("""
                        {"serial": "bad serial", "manufacturer": "0x12", "pressSeconds": 0, "reader": {"nmae": "x"},
                         "body": {"adapter": "steam"}, "kafka": {"security": "mtls"}, "batteryClock": 1,
                         "health": {"port": 99999}, "colour": "red"}
                        """))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("serial", "manufacturer", "pressSeconds", "reader.nmae", "adapter", "kafka.bootstrapServers")
                .contains("batteryClock", "health.port", "colour");
    }

    private static MachineConfig parse(String json) throws IOException {
        return MachineConfig.parse(new ObjectMapper().readTree(json), DIR);
    }
}
