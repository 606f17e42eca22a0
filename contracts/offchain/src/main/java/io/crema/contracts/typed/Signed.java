package io.crema.contracts.typed;

import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Signature;
import java.util.Optional;

/** A typed value with a signature that somebody claims to have made over it. */
public record Signed<T extends TypedData>(T content, Signature signature) {

    /** Who signed this in the domain; empty when the signature is malformed or its s is high. */
    public Optional<Address> signer(Domain domain) {
        return Secp256k1.instance().recover(domain.digest(content), signature);
    }

    public boolean isSignedBy(Address expected, Domain domain) {
        return signer(domain).filter(expected::equals).isPresent();
    }
}
