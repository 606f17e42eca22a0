package io.crema.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreFileTest {
    private static final Password PASSWORD = Password.of("correct horse");
    private static final SigningKey KEY = SigningKey.generate(new Random(11));

    @TempDir
    Path folder;

    @Test
    void shouldGiveTheKeyBack() throws IOException {
        var file = stored();
        assertThat(KeyStoreFile.load(file, PASSWORD).privateKey()).isEqualTo(KEY.privateKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .contains("\"version\":3")
                .contains(KEY.address().hex().substring(2));
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    /** From the Web3 Secret Storage definition. */
    @Test
    void shouldOpenTheDefinitionsOwnExample() throws IOException {
        var file = Files.writeString(folder.resolve("example"), """
                {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
                "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2",
                "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
                "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
                "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
                "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}""");
        assertThat(KeyStoreFile.load(file, Password.of("testpassword")).privateKey())
                .isEqualTo(SigningKey.fromHex("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d")
                        .privateKey());
    }

    @Test
    void shouldNameTheFileWhenThePasswordIsWrong() {
        var file = stored();
        assertThatThrownBy(() -> KeyStoreFile.load(file, Password.of("battery staple")))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("check the password")
                .hasMessageNotContaining("battery staple");
    }

    @Test
    void shouldNameAFileThatIsNoKeystoreOrMissing() throws IOException {
        var file = Files.writeString(folder.resolve("note"), "not a key");
        assertThatThrownBy(() -> KeyStoreFile.load(file, PASSWORD))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Web3 keystore");
        for (var empty : new String[] {"{}", "null", "[]"}) {
            Files.writeString(file, empty);
            assertThatThrownBy(() -> KeyStoreFile.load(file, PASSWORD))
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining(file.toString());
        }
        assertThatThrownBy(() -> KeyStoreFile.load(folder.resolve("none"), PASSWORD))
                .hasMessageContaining("none")
                .hasMessageContaining("check the path");
    }

    @Test
    void shouldNeverOverwriteAKey() {
        var file = stored();
        assertThatThrownBy(() -> KeyStoreFile.create(file, KEY, PASSWORD, KeyStoreFile.Strength.LIGHT))
                .hasMessageContaining("never overwritten");
    }

    @Test
    void shouldTakeThePasswordFromAFileOrTheEnvironment() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "correct horse\n");
        var key = stored();
        assertThat(KeyStoreFile.load(key, Password.fromFile(file)).address()).isEqualTo(KEY.address());
        var environment = Map.of("CREMA_PASSWORD", "correct horse");
        assertThat(KeyStoreFile.load(key, Password.fromEnvironment(environment, "CREMA_PASSWORD"))
                        .address())
                .isEqualTo(KEY.address());
        assertThatThrownBy(() -> Password.fromEnvironment(Map.of(), "CREMA_PASSWORD"))
                .hasMessageContaining("CREMA_PASSWORD");
        assertThatThrownBy(() -> Password.fromFile(folder.resolve("none"))).hasMessageContaining("none");
        assertThatThrownBy(() -> Password.fromFile(Files.createFile(folder.resolve("empty"))))
                .hasMessageContaining("empty first line");
        assertThat(PASSWORD).hasToString("Password[hidden]");
    }

    private Path stored() {
        var file = folder.resolve("key.json");
        KeyStoreFile.create(file, KEY, PASSWORD, KeyStoreFile.Strength.LIGHT);
        return file;
    }
}
