package io.crema.phone;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.Optional;

/** A key that is there as long as the process is. */
final class InMemoryKey implements WalletKey {
    private final SigningKey key;

    InMemoryKey(SigningKey key) {
        this.key = key;
    }

    @Override
    public Address address() {
        return key.address();
    }

    @Override
    public boolean isLocked() {
        return false;
    }

    @Override
    public Optional<Signature> sign(Hash digest) {
        return Optional.of(key.sign(digest));
    }
}
