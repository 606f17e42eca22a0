package io.crema.chain.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;
import org.web3j.utils.Numeric;

/** A key in an encrypted file (Web3 Secret Storage, version 3), as geth, Besu and Foundry read and write it. */
public final class KeyStoreFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /** How hard the password is to guess from the file: STRONG takes about a second, LIGHT some milliseconds. */
    public enum Strength {
        STRONG,
        LIGHT
    }

    private KeyStoreFile() {}

    /** @throws KeyStoreException naming the file and what is wrong with it; never the password */
    public static SigningKey load(Path file, Password password) {
        try {
            var stored = JSON.readValue(Files.readString(file), WalletFile.class);
            var pair = Wallet.decrypt(password.text(), stored);
            return SigningKey.of(Numeric.toBytesPadded(pair.getPrivateKey(), Hash.LENGTH));
        } catch (NullPointerException | IllegalArgumentException e) { // what web3j makes of missing fields
            throw new KeyStoreException(
                    "the key file %s is no whole Web3 keystore of version 3; restore it from a copy".formatted(file),
                    e);
        } catch (CipherException e) {
            throw new KeyStoreException(
                    "the key file %s does not open with the given password (%s); check the password file or variable"
                            .formatted(file, e.getMessage()),
                    e);
        } catch (JsonProcessingException e) {
            throw new KeyStoreException(
                    "the key file %s is no Web3 keystore of version 3: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new KeyStoreException(
                    "the key file %s cannot be read (%s); check the path and its permissions".formatted(file, e), e);
        }
    }

    /**
     * Writes the key to a new file that only its owner may read; durable when this returns.
     *
     * @throws KeyStoreException when the file exists or cannot be written
     */
    public static void create(Path file, SigningKey key, Password password, Strength strength) {
        if (Files.exists(file)) {
            throw new KeyStoreException(
                    "the key file " + file + " exists; a key is never overwritten, choose another name");
        }
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            var pair = ECKeyPair.create(new BigInteger(1, key.privateKey()));
            var stored = strength == Strength.STRONG
                    ? Wallet.createStandard(password.text(), pair)
                    : Wallet.createLight(password.text(), pair);
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(JSON.writeValueAsBytes(stored)));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (CipherException | IOException e) {
            throw new KeyStoreException("the key file %s cannot be written: %s".formatted(file, e), e);
        }
    }
}
