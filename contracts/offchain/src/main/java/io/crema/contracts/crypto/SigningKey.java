package io.crema.contracts.crypto;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;
import java.util.random.RandomGenerator;

/** A secp256k1 private key and its address. Immutable and thread-safe; its text form never shows the key. */
public final class SigningKey {
    private final byte[] privateKey;
    private final Address address;

    private SigningKey(byte[] privateKey) {
        this.privateKey = privateKey;
        this.address = Secp256k1.address(Secp256k1.instance().publicKey(privateKey));
    }

    /** @param privateKey 32 bytes; copied */
    public static SigningKey of(byte[] privateKey) {
        return new SigningKey(privateKey.clone());
    }

    public static SigningKey fromHex(String text) {
        return new SigningKey(Hex.decode("private key", text, 32));
    }

    /** A key from the given source, which must be cryptographically strong wherever money is real. */
    public static SigningKey generate(RandomGenerator random) {
        var bytes = new byte[32];
        do {
            random.nextBytes(bytes);
        } while (new BigInteger(1, bytes).signum() == 0 || new BigInteger(1, bytes).compareTo(Order.N) >= 0);
        return new SigningKey(bytes);
    }

    public Address address() {
        return address;
    }

    public Signature sign(Hash digest) {
        return Secp256k1.instance().sign(digest, privateKey);
    }

    /** A copy of the 32 secret bytes, for key stores only. */
    public byte[] privateKey() {
        return privateKey.clone();
    }

    @Override
    public String toString() {
        return "SigningKey[" + address + "]";
    }
}
