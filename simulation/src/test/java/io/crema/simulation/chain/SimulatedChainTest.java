package io.crema.simulation.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.Fees;
import io.crema.chain.transactions.SendResult;
import io.crema.chain.transactions.SignedVersion;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.simulation.Connection;
import io.crema.simulation.CrashPoints;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SimulatedChainTest {
    private static final Address CONTRACT = Address.fromHex("0x00000000000000000000000000000000000000f1");
    private static final Address OPENER = Address.fromHex("0x00000000000000000000000000000000000000f2");
    private static final SigningKey KEY =
            SigningKey.of(TypedData.keccak("sender").bytes());
    private static final Address CUSTOMER = Address.fromHex("0x00000000000000000000000000000000000000c1");
    private static final PaymentRules RULES =
            new PaymentRules(new Domain(31337, CONTRACT), OPENER, 1, 60, BigInteger.TEN.pow(30));

    private final SimulatedChain chain = new SimulatedChain(() -> Instant.ofEpochSecond(1_800_000_000), RULES);
    private final SenderNode node = new SenderNode(chain, 31337, new CrashPoints(), new Connection());
    private final TransactionSigner signer = new TransactionSigner(KEY, 31337);

    @Test
    void shouldMineInTheOrderOfNonces() {
        var first = filler(0, 100);
        var second = filler(1, 100);
        node.send(second.raw());
        chain.mine();
        assertThat(node.latestNonce(KEY.address())).isZero();
        node.send(first.raw());
        chain.mine();
        assertThat(node.latestNonce(KEY.address())).isEqualTo(2);
        assertThat(node.inclusion(second.hash()).orElseThrow().blockNumber()).isEqualTo(2);
        assertThat(node.nonceAt(KEY.address(), 1)).isZero();
    }

    @Test
    void shouldTakeAReplacementOnlyForATenthMore() {
        var cheap = filler(0, 100);
        assertThat(node.send(cheap.raw())).isEqualTo(new SendResult.Accepted());
        assertThat(node.send(cheap.raw())).isEqualTo(new SendResult.AlreadyKnown());
        assertThat(node.send(filler(0, 109).raw())).isInstanceOf(SendResult.Underpriced.class);
        assertThat(node.send(filler(0, 110).raw())).isEqualTo(new SendResult.Accepted());
        chain.mine();
        assertThat(node.inclusion(cheap.hash())).isEmpty();
        assertThat(node.send(cheap.raw())).isInstanceOf(SendResult.NonceTooLow.class);
    }

    @Test
    void shouldLeaveInThePoolWhatPaysLessThanTheBaseFee() {
        chain.baseFee(BigInteger.valueOf(200));
        node.send(filler(0, 100).raw());
        chain.mine();
        assertThat(node.latestNonce(KEY.address())).isZero();
        chain.baseFee(BigInteger.valueOf(50));
        chain.mine();
        assertThat(node.latestNonce(KEY.address())).isEqualTo(1);
    }

    @Test
    void shouldReplaceBlocksAndMineAgainWhatWasInThem() {
        var channel = ChannelId.of(CUSTOMER, KEY.address(), 1);
        chain.call(OPENER, new PaymentCall.Open(CUSTOMER, KEY.address(), 1, Amount.of(500), 60));
        node.send(filler(0, 100).raw());
        chain.mine();
        chain.mine();
        var before = node.blockHash(1).orElseThrow();
        chain.reorganise(2, false);

        assertThat(chain.head()).isEqualTo(2);
        assertThat(node.blockHash(1).orElseThrow()).isNotEqualTo(before);
        assertThat(chain.state(1).channel(channel)).isEqualTo(ChannelSlot.NONE);
        assertThat(chain.state(2).channel(channel).deposited()).isEqualTo(Amount.of(500));
        assertThat(node.latestNonce(KEY.address())).isEqualTo(1);
        assertThat(chain.logs()).hasSize(1);
    }

    @Test
    void shouldForgetWhatWasSignedWhereItIsLost() {
        node.send(filler(0, 100).raw());
        chain.mine();
        chain.reorganise(1, true);
        assertThat(node.latestNonce(KEY.address())).isZero();
        node.send(filler(0, 100).raw());
        chain.evict();
        chain.mine();
        assertThat(node.latestNonce(KEY.address())).isZero();
        assertThat(chain.isPoolEmpty()).isTrue();
    }

    @Test
    void shouldKeepWhatTheContractOwes() {
        chain.call(OPENER, new PaymentCall.Open(CUSTOMER, KEY.address(), 1, Amount.of(500), 60));
        chain.call(CUSTOMER, new PaymentCall.TopUp(CUSTOMER, KEY.address(), 1, Amount.of(70)));
        chain.call(KEY.address(), new PaymentCall.Close(CUSTOMER, KEY.address(), 1));
        chain.mine();
        assertThat(chain.state(1).credited(CUSTOMER)).isEqualTo(570);
        assertThat(chain.state(1).tokens(CONTRACT)).isEqualTo(570);
        chain.call(CUSTOMER, new PaymentCall.Withdraw(CUSTOMER));
        chain.mine();
        assertThat(chain.state(2).tokens(CONTRACT)).isZero();
    }

    private SignedVersion filler(long nonce, long fee) {
        return signer.sign(nonce, Call.filler(KEY.address()), new Fees(BigInteger.ONE, BigInteger.valueOf(fee)));
    }
}
