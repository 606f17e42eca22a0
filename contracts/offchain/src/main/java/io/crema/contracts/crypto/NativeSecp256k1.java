package io.crema.contracts.crypto;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.Arrays;
import java.util.Optional;

/** libsecp256k1 through JNI: x86-64 and aarch64. */
public final class NativeSecp256k1 implements Secp256k1 {
    private final fr.acinq.secp256k1.Secp256k1 library;

    /** @throws LinkageError or RuntimeException where the native library does not load */
    public NativeSecp256k1() {
        library = fr.acinq.secp256k1.Secp256k1.Companion.get();
        library.pubkeyCreate(Order.HALF.toByteArray());
    }

    @Override
    public String name() {
        return "libsecp256k1";
    }

    @Override
    public Signature sign(Hash digest, byte[] privateKey) {
        var message = digest.bytes();
        var rs = library.sign(message, privateKey, null);
        var publicKey = library.pubkeyCreate(privateKey);
        var parity = Arrays.equals(library.ecdsaRecover(rs, message, 0), publicKey) ? 0 : 1;
        return Signature.of(Arrays.copyOfRange(rs, 0, 32), Arrays.copyOfRange(rs, 32, 64), parity);
    }

    @Override
    public byte[] publicKey(byte[] privateKey) {
        return Arrays.copyOfRange(library.pubkeyCreate(privateKey), 1, 65);
    }

    @Override
    public Optional<Address> recover(Hash digest, Signature signature) {
        var s = signature.s();
        if (Order.isHigh(s)) {
            return Optional.empty();
        }
        var rs = signature.bytes();
        System.arraycopy(s, 0, rs, 32, 32);
        try {
            var key = library.ecdsaRecover(rs, digest.bytes(), signature.yParity());
            return Optional.of(Secp256k1.address(Arrays.copyOfRange(key, 1, 65)));
        } catch (fr.acinq.secp256k1.Secp256k1Exception e) {
            return Optional.empty();
        }
    }
}
