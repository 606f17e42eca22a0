package io.crema.settlement;

import io.crema.contracts.value.Address;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads where the keys are. Stateless. */
final class KeySettings {
    private static final String FILES = "CREMA_KEYSTORE";
    private static final String PASSWORDS = "CREMA_KEYSTORE_PASSWORD_FILE";
    private static final String SIGNER = "CREMA_SIGNER_URL";
    private static final String ACCOUNTS = "CREMA_SIGNER_ACCOUNTS";

    private KeySettings() {}

    /** Faults go to the reader. */
    static KeySource read(EnvironmentReader read) {
        if (read.isSet(SIGNER)) {
            if (read.isSet(FILES)) {
                read.fault(
                        "%s and %s are both set; keys are in files or at a signer, unset one".formatted(FILES, SIGNER));
            }
            var urls = read.urls(SIGNER);
            if (urls.size() > 1) {
                read.fault(SIGNER + " names %d signers, expected one".formatted(urls.size()));
            }
            return new KeySource.Signer(
                    urls.isEmpty() ? URI.create("http://unset") : URI.create(urls.getFirst()), accounts(read));
        }
        if (!read.isSet(FILES)) {
            read.fault("neither %s nor %s is set; one of them says where the sending key is".formatted(FILES, SIGNER));
            return new KeySource.Given();
        }
        return files(read);
    }

    private static KeySource files(EnvironmentReader read) {
        var files = read.list(FILES);
        var passwords = read.list(PASSWORDS);
        if (!passwords.isEmpty() && passwords.size() != 1 && passwords.size() != files.size()) {
            read.fault("%s names %d files, expected 1 or as many as %s, %d"
                    .formatted(PASSWORDS, passwords.size(), FILES, files.size()));
        } else if (Set.copyOf(files).size() != files.size()) {
            read.fault(FILES + " names a file twice; each account sends once");
        }
        List<KeySource.KeyFile> keys = new ArrayList<>();
        for (var number = 0; number < files.size() && !passwords.isEmpty(); number++) {
            try {
                keys.add(new KeySource.KeyFile(
                        Path.of(files.get(number)), Path.of(passwords.get(Math.min(number, passwords.size() - 1)))));
            } catch (InvalidPathException e) {
                read.fault("%s or %s is no path: %s".formatted(FILES, PASSWORDS, e.getMessage()));
            }
        }
        return new KeySource.Files(keys);
    }

    private static List<Address> accounts(EnvironmentReader read) {
        List<Address> accounts = new ArrayList<>();
        for (var text : read.list(ACCOUNTS)) {
            try {
                accounts.add(Address.fromHex(text));
            } catch (IllegalArgumentException e) {
                read.fault(ACCOUNTS + ": " + e.getMessage());
            }
        }
        if (Set.copyOf(accounts).size() != accounts.size()) {
            read.fault(ACCOUNTS + " names an account twice; each sends once");
        }
        return accounts;
    }
}
