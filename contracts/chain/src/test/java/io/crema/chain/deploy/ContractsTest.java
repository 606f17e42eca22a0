package io.crema.chain.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractsTest {
    private static final Contracts CONTRACTS =
            new Contracts(address('1'), address('2'), address('3'), address('4'), address('5'), address('6'), 31337, 7);

    @Test
    void shouldReadWhatItWrote(@TempDir Path folder) throws IOException {
        var file = folder.resolve("contracts.json");
        CONTRACTS.write(file);
        CONTRACTS.write(file);
        assertThat(Contracts.read(file)).isEqualTo(CONTRACTS);
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void shouldNameWhatIsMissingOrMalformed() {
        assertThatThrownBy(() -> Contracts.fromJson(CONTRACTS.toJson().replace("paymentProvider", "payment")))
                .hasMessageContaining("paymentProvider");
        assertThatThrownBy(() -> Contracts.fromJson(CONTRACTS.toJson().replace("31337", "\"31337\"")))
                .hasMessageContaining("chainId");
        assertThatThrownBy(() -> Contracts.fromJson("{")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseSenselessOptions() {
        assertThatThrownBy(() -> options(1, 0, 5)).hasMessageContaining("got 0 to 5");
        assertThatThrownBy(() -> options(1, 6, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options(1, 6, 1 << 24)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options(0, 1, 5))
                .hasMessageContaining("quorum")
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> options(3, 1, 5)).hasMessageContaining("number of owners, 2, got 3");
    }

    @Test
    void shouldReadTheDeploymentThatItWrote(@TempDir Path folder) throws IOException {
        var deployed = new Deployed(CONTRACTS, address('9'), options(2, 1, 5));
        deployed.write(folder);
        assertThat(Deployed.read(folder.resolve("contracts.json"))).isEqualTo(deployed);
        assertThat(Contracts.read(folder.resolve("contracts.json"))).isEqualTo(CONTRACTS);
        assertThat(folder.resolve("abi")).isDirectoryContaining("glob:**/PaymentProvider.json");
        assertThatThrownBy(() -> Deployed.fromJson(deployed.toJson().replace("quorum", "quota")))
                .hasMessageContaining("deployment.quorum is missing");
        assertThatThrownBy(() -> Deployed.fromJson(CONTRACTS.toJson())).hasMessageContaining("deployment.");
    }

    private static DeploymentOptions options(int quorum, int minPeriodMinutes, int maxPeriodMinutes) {
        return new DeploymentOptions(
                Optional.empty(),
                List.of(address('7'), address('8')),
                quorum,
                minPeriodMinutes,
                maxPeriodMinutes,
                Hash.ZERO);
    }

    private static Address address(char digit) {
        return Address.fromHex("0x" + String.valueOf(digit).repeat(40));
    }
}
