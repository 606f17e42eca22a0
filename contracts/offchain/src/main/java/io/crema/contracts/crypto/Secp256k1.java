package io.crema.contracts.crypto;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.Arrays;
import java.util.Optional;

/**
 * Signs digests and recovers signers on secp256k1. Signatures are deterministic (RFC 6979), compact (EIP-2098) and low
 * in s (EIP-2); recovery refuses a high s. Implementations are thread-safe.
 */
public interface Secp256k1 {
    /** The system property that, with the value BouncyCastle, keeps the native library out. */
    String PROPERTY = "crema.secp256k1";

    /** The native library where it loads, else BouncyCastle; chosen once and logged. */
    static Secp256k1 instance() {
        return Secp256k1Choice.CHOSEN;
    }

    /** The library's name, for the log at start. */
    String name();

    /** @param privateKey 32 bytes, from 1 to the group order − 1 */
    Signature sign(Hash digest, byte[] privateKey);

    /** The uncompressed public key: 64 bytes, x ‖ y. */
    byte[] publicKey(byte[] privateKey);

    /** The address whose key signed the digest; empty when the 64 bytes are no valid low-s signature. */
    Optional<Address> recover(Hash digest, Signature signature);

    /** The address of a 64-byte public key x ‖ y. */
    static Address address(byte[] publicKey) {
        var hash = Keccak.hash(publicKey).bytes();
        return Address.of(Arrays.copyOfRange(hash, 12, 32));
    }
}
