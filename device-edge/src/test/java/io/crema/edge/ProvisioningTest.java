package io.crema.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Amount;
import io.crema.edge.folder.FileProvisioning;
import io.crema.edge.folder.MachineFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProvisioningTest {
    private final Office office = new Office();

    @TempDir
    Path dir;

    @Test
    void shouldComeBackFromJson() {
        assertThat(Provisioning.fromJson(office.provisioning.toJson()).toJson())
                .isEqualTo(office.provisioning.toJson());
    }

    @Test
    void shouldNameWhatIsMissing() {
        var json = office.provisioning.toJson().replace("\"deposited\"", "\"something\"");
        assertThatThrownBy(() -> Provisioning.fromJson(json)).hasMessageContaining("deposited is missing");
    }

    @Test
    void shouldSeeATopUpAtOnceAndKeepTheKeyToItself() throws Exception {
        var folder = MachineFolder.provision(dir, office.provisioning, office.machineKey);
        var source = new FileProvisioning(folder);
        folder.write(office.provisioning.withDeposited(Amount.of(7)));
        assertThat(source.current().deposited()).isEqualTo(Amount.of(7));
        Files.writeString(folder.path().resolve("provisioning.json"), "{");
        assertThat(source.current().deposited()).isEqualTo(Amount.of(7));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.path().resolve("machine.key"))))
                .isEqualTo("rw-------");
        assertThat(folder.key().address()).isEqualTo(office.machineKey.address());
    }

    @Test
    void shouldNameAllFaultsOfTheSettings() {
        assertThatThrownBy(() -> EdgeConfig.fromEnvironment(Map.of("CREMA_EDGE_WORLD", "x")))
                .hasMessageContaining("CREMA_DATA_DIR")
                .hasMessageContaining("CREMA_BOOTSTRAP_SERVERS")
                .hasMessageContaining("CREMA_EDGE_WORLD");
    }
}
