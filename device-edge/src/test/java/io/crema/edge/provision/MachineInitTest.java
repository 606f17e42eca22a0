package io.crema.edge.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.crypto.SigningKey;
import io.crema.edge.Office;
import io.crema.edge.gateway.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineInitTest {
    @TempDir
    Path dir;

    private final SecureRandom random = new SecureRandom();

    @Test
    void shouldMakeAMachineOnceAndTellTheSameCodeAgain() throws IOException {
        var code = init("CM-1");

        assertThat(init("CM-1")).isEqualTo(code);
        assertThat(MachineInit.code(dir.resolve("data"))).isEqualTo(code);
        assertThat(ClaimCode.parse(code.text())).isEqualTo(code);
        try (var files = Files.list(dir.resolve("data"))) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThatThrownBy(() -> init("CM-2")).hasMessageContaining("holds machine CM-1");
    }

    @Test
    void shouldGoOnWhereAnInitWasCutShort() throws IOException {
        var code = init("CM-1");
        Files.delete(dir.resolve("data").resolve(MachineInit.SETTINGS));

        assertThat(init("CM-1")).isEqualTo(code);
    }

    @Test
    void shouldOpenKeysWithTheSecretOnly() {
        var code = init("CM-1");
        var data = dir.resolve("data");
        var secret = Secret.find(Map.of(), dir.resolve("secret"));

        assertThat(KeyFile.open(data.resolve(MachineInit.KEY), secret).address())
                .isEqualTo(code.machineKey());
        var identity = TlsIdentity.fromPem(
                ClientCertificate.open(data.resolve(MachineInit.CERTIFICATE), secret),
                ClientCertificate.open(data.resolve(MachineInit.CERTIFICATE_KEY), secret));
        assertThat(identity.chain().getFirst().getSubjectX500Principal().getName())
                .isEqualTo("CN=CM-1");
        var other = Secret.of("another secret of enough characters");
        assertThatThrownBy(() -> KeyFile.open(data.resolve(MachineInit.KEY), other))
                .hasMessageContaining("does not open");
        assertThatThrownBy(() -> ClientCertificate.open(data.resolve(MachineInit.CERTIFICATE_KEY), other))
                .hasMessageContaining("does not open");
    }

    @Test
    void shouldPreferTheSecretThatSystemdHandsOver() throws IOException {
        var credentials = Files.createDirectory(dir.resolve("credentials"));
        var given = Secret.generate(credentials.resolve(Secret.CREDENTIAL), random);
        Secret.generate(dir.resolve("other"), random);
        var file = dir.resolve("key.json");
        var key = SigningKey.generate(random);
        KeyFile.create(file, key, given, random);

        var found = Secret.find(Map.of("CREDENTIALS_DIRECTORY", credentials.toString()), dir.resolve("other"));

        assertThat(KeyFile.open(file, found).address()).isEqualTo(key.address());
    }

    @Test
    void shouldRefuseASecretThatOthersMayRead() throws IOException {
        var file = dir.resolve("open");
        Secret.generate(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> Secret.read(file)).hasMessageContaining("chmod 600");
        assertThat(Secret.of("sixteen letters!!").toString()).doesNotContain("sixteen");
    }

    @Test
    void shouldRefuseKeyFilesThatWouldTakeAllMemory() throws IOException {
        init("CM-1");
        var file = dir.resolve("data").resolve(MachineInit.KEY);
        Files.writeString(file, Files.readString(file).replace("\"n\" : 4096", "\"n\" : 1073741824"));

        assertThatThrownBy(() -> KeyFile.open(file, Secret.read(dir.resolve("secret"))))
                .hasMessageContaining("n=1073741824");
    }

    private ClaimCode init(String serial) {
        return MachineInit.init(
                dir.resolve("data"),
                serial,
                Office.address(1),
                dir.resolve("secret"),
                new ObjectMapper().createObjectNode());
    }
}
