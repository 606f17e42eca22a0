package io.crema.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Secp256k1Test {
    private static final Secp256k1 FAST = new NativeSecp256k1();
    private static final Secp256k1 PORTABLE = new BouncyCastleSecp256k1();

    @Test
    void shouldDeriveTheWellKnownFirstDevelopmentAddress() {
        var key = SigningKey.fromHex("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        assertThat(key.address()).isEqualTo(Address.fromHex("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"));
        assertThat(key.toString()).doesNotContain("ac0974");
    }

    @Property(tries = 50)
    void shouldAgreeBetweenBothLibraries(@ForAll @Size(32) byte[] secret, @ForAll @Size(32) byte[] message) {
        secret[0] = 1;
        var digest = Hash.of(message);
        var signature = FAST.sign(digest, secret);
        assertThat(PORTABLE.sign(digest, secret)).isEqualTo(signature);
        assertThat(PORTABLE.publicKey(secret)).isEqualTo(FAST.publicKey(secret));
        var address = Secp256k1.address(FAST.publicKey(secret));
        assertThat(FAST.recover(digest, signature)).contains(address);
        assertThat(PORTABLE.recover(digest, signature)).contains(address);
    }

    @Property(tries = 50)
    void shouldAgreeOnGarbage(@ForAll @Size(64) byte[] garbage, @ForAll @Size(32) byte[] message) {
        var signature = Signature.of(garbage);
        assertThat(FAST.recover(Hash.of(message), signature)).isEqualTo(PORTABLE.recover(Hash.of(message), signature));
    }

    @Test
    void shouldRefuseAHighS() {
        var secret = new byte[32];
        secret[31] = 7;
        var digest = Keccak.hash(secret);
        var low = FAST.sign(digest, secret);
        var justAboveHalf =
                new Words(1).unsigned(Order.HALF.add(BigInteger.ONE)).toBytes();
        for (var parity = 0; parity <= 1; parity++) {
            var high = Signature.of(low.r(), justAboveHalf, parity);
            assertThat(FAST.recover(digest, high)).isEmpty();
            assertThat(PORTABLE.recover(digest, high)).isEmpty();
        }
    }
}
