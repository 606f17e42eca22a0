package io.crema.settlement;

import io.crema.contracts.value.Address;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Where the keys of the sending accounts are. Holds no secret. */
public sealed interface KeySource {

    /** The caller hands them over. */
    record Given() implements KeySource {}

    /** Encrypted files, the first account's first. */
    record Files(List<KeyFile> files) implements KeySource {
        public Files {
            files = List.copyOf(files);
        }
    }

    /** An encrypted key and the file that holds its password. */
    record KeyFile(Path file, Path passwordFile) {}

    /** A Web3Signer that holds the keys of these accounts, the first account first. */
    record Signer(URI url, List<Address> accounts) implements KeySource {
        public Signer {
            accounts = List.copyOf(accounts);
        }
    }
}
