package io.crema.phone;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.Optional;

/**
 * The phone's secp256k1 key, which may be out of reach while the phone is locked. Used by one thread at a time.
 */
public interface WalletKey {

    /** Known also while the key is locked. */
    Address address();

    /** Whether a signature would be refused now. */
    boolean isLocked();

    /** Empty while the key is locked. */
    Optional<Signature> sign(Hash digest);

    /** A key in memory: never locked. */
    static WalletKey of(SigningKey key) {
        return new InMemoryKey(key);
    }
}
