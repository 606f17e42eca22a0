package io.crema.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.Fees;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SignedTransaction;
import io.crema.chain.transactions.SignerUnavailableException;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class Web3SignerTest {
    private static final SigningKey ONE = SigningKey.generate(new Random(1));
    private static final SigningKey TWO = SigningKey.generate(new Random(2));
    private static final Fees FEES = new Fees(BigInteger.ONE, BigInteger.TEN);
    private static final Call CALL = Call.of(List.of(Hash.ZERO), Address.ZERO, Payload.fromHex("0x01020304"), 100_000);

    private FakeWeb3Signer peer;
    private Web3Signer signer;

    @BeforeEach
    void start() throws IOException {
        peer = new FakeWeb3Signer(List.of(ONE, TWO));
        signer = new Web3Signer(URI.create(peer.url() + "/"), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        signer.close();
        peer.close();
    }

    @Test
    void shouldSignATransactionAsTheKeyItselfWould() {
        for (var key : List.of(ONE, TWO)) {
            for (var nonce = 0; nonce < 10; nonce++) {
                var remote = new TransactionSigner(signer.key(key.address()), 31337).sign(nonce, CALL, FEES);
                assertThat(remote).isEqualTo(new TransactionSigner(key, 31337).sign(nonce, CALL, FEES));
                assertThat(SignedTransaction.decode(remote.raw()).sender()).isEqualTo(key.address());
            }
        }
    }

    @Test
    void shouldThrowAwayASignatureOfSomethingElse() {
        peer.lies = true;
        assertThatThrownBy(() -> sign(ONE))
                .isInstanceOf(SignerUnavailableException.class)
                .hasMessageContaining("not of account " + ONE.address());
    }

    @Test
    void shouldNameAKeyThatTheSignerLacks() {
        var other = SigningKey.generate(new Random(3));
        assertThatThrownBy(() -> sign(other))
                .isInstanceOf(SignerUnavailableException.class)
                .hasMessageContaining("holds no key of account " + other.address());
    }

    @Test
    void shouldGoOnWhenTheSignerComesBack() {
        peer.down = true;
        assertThatThrownBy(() -> sign(ONE))
                .isInstanceOf(SignerUnavailableException.class)
                .hasMessageContaining("500");
        peer.down = false;
        assertThat(sign(ONE)).isNotNull();
        peer.close();
        assertThatThrownBy(() -> sign(ONE))
                .isInstanceOf(SignerUnavailableException.class)
                .hasMessageContaining("check that it runs");
    }

    private Payload sign(SigningKey key) {
        return new TransactionSigner(signer.key(key.address()), 31337)
                .sign(0, CALL, FEES)
                .raw();
    }
}
