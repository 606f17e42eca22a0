package io.crema.contracts.typed;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Hash;
import java.nio.charset.StandardCharsets;

/** A struct of the protocol, hashed as EIP-712 says. */
public interface TypedData {

    /** {@code hashStruct}: keccak256(typeHash ‖ encodeData). */
    Hash structHash();

    /** This value with the key's signature over its digest in the domain. */
    static <T extends TypedData> Signed<T> sign(T content, Domain domain, SigningKey key) {
        return new Signed<>(content, key.sign(domain.digest(content)));
    }

    /** The hash of an EIP-712 type string, or of any text that is hashed as a constant. */
    static Hash keccak(String text) {
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
