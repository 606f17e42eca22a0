package io.crema.cli.fleet;

import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The key of settlement's account in an encrypted file, and the file with its password. Immutable.
 *
 * @param file Web3 keystore
 * @param passwordFile its first line is the password
 */
public record SendingKey(Path file, Path passwordFile) {

    /** Writes both below the folder with a random password, unless they are there already. */
    public static SendingKey in(Path folder, SigningKey key) throws IOException {
        Files.createDirectories(folder);
        var files = new SendingKey(folder.resolve("manufacturer.json"), folder.resolve("password"));
        if (Files.notExists(files.file)) {
            var secret = new byte[16];
            new SecureRandom().nextBytes(secret);
            Files.deleteIfExists(files.passwordFile);
            Files.createFile(
                    files.passwordFile,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(files.passwordFile, Hex.encode(secret) + "\n");
            KeyStoreFile.create(files.file, key, Password.fromFile(files.passwordFile), KeyStoreFile.Strength.LIGHT);
        }
        return files;
    }
}
