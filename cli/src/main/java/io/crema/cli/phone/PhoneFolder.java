package io.crema.cli.phone;

import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import io.crema.phone.FileWalletStore;
import io.crema.phone.PhoneHome;
import io.crema.phone.WalletKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/** A wallet's folder: the key in an encrypted file, and beside it what the wallet keeps. Only its owner may enter. */
final class PhoneFolder {
    private static final String ADDRESS = "address";

    private final Path folder;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    PhoneFolder(Path folder, InstantSource clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /**
     * Makes a new key.
     *
     * @param passwordFile whose first line encrypts the key; empty: a password is made and kept in the folder
     */
    Address init(Optional<Path> passwordFile) {
        if (Files.exists(keyFile())) {
            throw new PhoneException(
                    "%s has a wallet already; a key is never overwritten. Give another folder with --home"
                            .formatted(folder));
        }
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            if (folder.getParent() != null) {
                Files.createDirectories(folder.getParent());
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, owner);
            }
            var password = Password.fromFile(passwordFile.isPresent() ? passwordFile.get() : newPassword());
            var key = SigningKey.generate(random);
            var store = store();
            store.put(ADDRESS, key.address().hex().getBytes(StandardCharsets.US_ASCII));
            // a password of the program's own is too long to be guessed, whatever a guess costs
            var strength = passwordFile.isPresent() ? KeyStoreFile.Strength.STRONG : KeyStoreFile.Strength.LIGHT;
            KeyStoreFile.create(keyFile(), key, password, strength);
            return key.address();
        } catch (IOException e) {
            throw new PhoneException(
                    "cannot make a wallet in %s (%s); give a folder that you may write to with --home"
                            .formatted(folder, e),
                    e);
        }
    }

    /** The wallet as far as it can be used without its key: everything but signing. */
    PhoneHome open() {
        return home(new AbsentKey(address()));
    }

    /** The wallet with its key. */
    PhoneHome open(Optional<Path> passwordFile) {
        var address = address();
        var file = passwordFile.orElse(passwordFile());
        if (!Files.exists(file)) {
            throw new PhoneException(
                    "the wallet's password is not in %s; give its file with --password-file".formatted(file));
        }
        var key = KeyStoreFile.load(keyFile(), Password.fromFile(file));
        if (!key.address().equals(address)) {
            throw new PhoneException("%s holds the key of %s, but the wallet is of %s; restore the right file"
                    .formatted(keyFile(), key.address(), address));
        }
        return home(WalletKey.of(key));
    }

    private PhoneHome home(WalletKey key) {
        return new PhoneHome(store(), key, clock, random::nextBytes);
    }

    private Address address() {
        if (!Files.exists(keyFile())) {
            throw new PhoneException(
                    "there is no wallet in %s; make one with 'crema phone init', or give its folder with --home"
                            .formatted(folder));
        }
        return store().get(ADDRESS)
                .map(it -> Address.fromHex(new String(it, StandardCharsets.US_ASCII)))
                .orElseThrow(
                        () -> new PhoneException("the wallet in %s is damaged: %s is missing; restore it from a copy"
                                .formatted(folder, folder.resolve("store").resolve(ADDRESS))));
    }

    private Path newPassword() throws IOException {
        var bytes = new byte[24];
        random.nextBytes(bytes);
        var file = passwordFile();
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n");
        return file;
    }

    private FileWalletStore store() {
        return new FileWalletStore(folder.resolve("store"));
    }

    private Path keyFile() {
        return folder.resolve("key.json");
    }

    private Path passwordFile() {
        return folder.resolve("password");
    }

    /** Says whose the wallet is, and signs nothing. */
    private record AbsentKey(Address address) implements WalletKey {
        @Override
        public boolean isLocked() {
            return false;
        }

        @Override
        public Optional<Signature> sign(Hash digest) {
            return Optional.empty();
        }
    }
}
