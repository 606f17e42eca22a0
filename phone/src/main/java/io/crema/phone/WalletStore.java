package io.crema.phone;

import java.util.Optional;

/** Where a wallet keeps its state: small values by name. A value is durable when {@code put} returns. */
public interface WalletStore {

    Optional<byte[]> get(String name);

    /** @param name lower-case letters, digits and dashes */
    void put(String name, byte[] value);

    /** Keeps a value that may be lost, or fall back to an earlier one, with the phone's power. */
    default void note(String name, byte[] value) {
        put(name, value);
    }
}
