package io.crema.chain.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractsTest {
    private static final Contracts CONTRACTS =
            new Contracts(address('1'), address('2'), address('3'), address('4'), address('5'), 31337, 7);

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
    void shouldRefuseSenselessChallengePeriods() {
        assertThatThrownBy(() -> new DeploymentOptions(Optional.empty(), List.of(), 0, 5))
                .hasMessageContaining("got 0 to 5");
        assertThatThrownBy(() -> new DeploymentOptions(Optional.empty(), List.of(), 6, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeploymentOptions(Optional.empty(), List.of(), 6, 1 << 24))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Address address(char digit) {
        return Address.fromHex("0x" + String.valueOf(digit).repeat(40));
    }
}
