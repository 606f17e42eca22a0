package io.crema.chain.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

class TransactionSignerTest {
    private static final List<Hash> INTENTS = List.of(TypedData.keccak("intent"));

    @Property(tries = 200)
    void shouldMakeTheSameBytesAsWeb3j(
            @ForAll long keySeed,
            @ForAll @LongRange(min = 1) long chainId,
            @ForAll @LongRange(min = 0) long nonce,
            @ForAll @BigRange(min = "0", max = "1000000000000") BigInteger priority,
            @ForAll @BigRange(min = "0", max = "79228162514264337593543950335") BigInteger value,
            @ForAll @Size(max = 300) byte[] data,
            @ForAll @LongRange(min = 21_000, max = 300_000_000) long gasLimit) {
        var key = SigningKey.generate(new Random(keySeed));
        var fees = new Fees(priority, priority.shiftLeft(1).add(BigInteger.ONE));
        var to = key.address();
        var call = new Call(INTENTS, to, value, Payload.of(data), gasLimit);
        var signed = new TransactionSigner(key, chainId).sign(nonce, call, fees);

        var expected = TransactionEncoder.signMessage(
                RawTransaction.createTransaction(
                        chainId,
                        BigInteger.valueOf(nonce),
                        BigInteger.valueOf(gasLimit),
                        to.hex(),
                        value,
                        Numeric.toHexString(data),
                        fees.maxPriority(),
                        fees.max()),
                chainId,
                Credentials.create(Numeric.toHexString(key.privateKey())));
        assertThat(signed.raw()).isEqualTo(Payload.of(expected));
        assertThat(signed.hash().bytes()).isEqualTo(org.web3j.crypto.Hash.sha3(expected));

        var decoded = SignedTransaction.decode(signed.raw());
        assertThat(decoded.call(INTENTS)).isEqualTo(call);
        assertThat(decoded.version()).isEqualTo(signed);
        assertThat(decoded.sender()).isEqualTo(key.address());
        assertThat(decoded.nonce()).isEqualTo(nonce);
        assertThat(decoded.chainId()).isEqualTo(chainId);
    }

    @Property(tries = 500)
    void shouldNameDamagedBytes(@ForAll @Size(max = 60) byte[] garbage, @ForAll int cut) {
        var prefixed = new byte[garbage.length + 1];
        prefixed[0] = 2;
        System.arraycopy(garbage, 0, prefixed, 1, garbage.length);
        assertThatThrownBy(() -> SignedTransaction.decode(Payload.of(prefixed)))
                .isInstanceOf(IllegalArgumentException.class);
        var whole = new TransactionSigner(SigningKey.generate(new Random(1)), 1)
                .sign(
                        7,
                        Call.of(INTENTS, Address.ZERO, Payload.EMPTY, 21_000),
                        new Fees(BigInteger.ONE, BigInteger.TWO))
                .raw()
                .bytes();
        var shorter = Arrays.copyOf(whole, Math.floorMod(cut, whole.length));
        assertThatThrownBy(() -> SignedTransaction.decode(Payload.of(shorter)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseACallWithoutIntents() {
        assertThatThrownBy(() -> Call.of(List.of(), Address.ZERO, Payload.EMPTY, 21_000))
                .hasMessageContaining("at least one intent");
    }
}
