package io.crema.phone;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.Optional;

/** A key as a phone's keystore has it: out of reach when the phone is locked. */
final class LockableKey implements WalletKey {
    private final SigningKey key;
    boolean locked;

    LockableKey(SigningKey key) {
        this.key = key;
    }

    @Override
    public Address address() {
        return key.address();
    }

    @Override
    public boolean isLocked() {
        return locked;
    }

    @Override
    public Optional<Signature> sign(Hash digest) {
        return locked ? Optional.empty() : Optional.of(key.sign(digest));
    }
}
