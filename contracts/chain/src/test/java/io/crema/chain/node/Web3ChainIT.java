package io.crema.chain.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.transactions.AccountSender;
import io.crema.chain.transactions.AccountState;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.FeePolicy;
import io.crema.chain.transactions.Fees;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.chain.transactions.TransactionPolicy;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Web3ChainIT {
    private static final BigInteger GWEI = BigInteger.valueOf(1_000_000_000L);
    private static final Address RECEIVER = Address.fromHex("0x00000000000000000000000000000000000c0ffe");
    private static final TransactionPolicy POLICY = new TransactionPolicy(
            new FeePolicy(BigInteger.ONE, GWEI.multiply(BigInteger.valueOf(100)), 125, Duration.ofSeconds(60), 5),
            3,
            Duration.ofSeconds(20),
            8);

    private final TestNode node = new TestNode();
    private final Web3Chain chain = new Web3Chain(node.anvil().rpcUrl());
    private final TransactionSigner signer = new TransactionSigner(
            SigningKey.fromHex(node.anvil().accounts().getFirst().privateKey()), 31337);
    private final List<TransactionEvent> journal = new ArrayList<>();

    @AfterEach
    void stop() {
        chain.close();
        node.close();
    }

    @Test
    void shouldCarryACallToItsConfirmation() {
        var sender = new AccountSender(chain, signer, journal::addAll, POLICY, AccountState.EMPTY);
        var wanted = List.of(call("one"), call("two"));
        assertThat(sender.step(wanted, Instant.EPOCH).broadcasts())
                .extracting(broadcast -> broadcast.result())
                .containsExactly(new SendResult.Accepted(), new SendResult.Accepted());
        assertThat(chain.pendingNonce(signer.account())).isEqualTo(2);
        for (var i = 0; i < 3; i++) {
            node.mine();
            sender.step(wanted, Instant.EPOCH);
        }
        assertThat(journal)
                .extracting(event -> event.getClass().getSimpleName() + event.nonce())
                .containsExactly("Prepared0", "Prepared1", "Mined0", "Mined1", "Confirmed0", "Confirmed1");
        assertThat(AccountState.of(journal)).isEqualTo(sender.state());
        assertThat(chain.latestNonce(signer.account())).isEqualTo(2);
        assertThat(chain.nonceAt(signer.account(), 0)).isZero();
        assertThat(chain.blockHash(1)).isPresent();
        assertThat(chain.blockHash(99)).isEmpty();
    }

    @Test
    void shouldSendTheSameBytesAgainAfterAReorganisation() {
        var sender = new AccountSender(chain, signer, journal::addAll, POLICY, AccountState.EMPTY);
        sender.step(List.of(call("one")), Instant.EPOCH);
        node.mine();
        sender.step(List.of(), Instant.EPOCH);
        var before = sender.state().open().firstEntry().getValue();
        assertThat(before.inclusion()).isPresent();
        node.reorganise(1);
        var report = sender.step(List.of(), Instant.EPOCH);
        assertThat(report.events()).hasExactlyElementsOfTypes(TransactionEvent.Reorged.class);
        assertThat(report.broadcasts())
                .extracting(broadcast -> broadcast.transaction())
                .containsExactly(before.newest().hash());
        for (var i = 0; i < 3; i++) {
            node.mine();
            sender.step(List.of(), Instant.EPOCH);
        }
        assertThat(journal.getLast()).isInstanceOf(TransactionEvent.Confirmed.class);
    }

    @Test
    void shouldReplaceATransactionThatOffersTooLittle() {
        var sender = new AccountSender(chain, signer, journal::addAll, POLICY, AccountState.EMPTY);
        sender.step(List.of(call("one")), Instant.EPOCH);
        var report = sender.step(List.of(), Instant.EPOCH.plusSeconds(61));
        assertThat(report.events()).hasExactlyElementsOfTypes(TransactionEvent.Replaced.class);
        assertThat(report.broadcasts())
                .extracting(broadcast -> broadcast.result())
                .containsExactly(new SendResult.Accepted());
        node.mine();
        sender.step(List.of(), Instant.EPOCH.plusSeconds(62));
        var open = sender.state().open().firstEntry().getValue();
        assertThat(open.inclusion().orElseThrow().transaction())
                .isEqualTo(open.newest().hash());
    }

    @Test
    void shouldTellRefusalsApart() {
        var low = new Fees(GWEI, GWEI.multiply(BigInteger.valueOf(4)));
        var first = signer.sign(0, call("one"), low);
        assertThat(chain.send(first.raw())).isEqualTo(new SendResult.Accepted());
        assertThat(chain.send(first.raw())).isEqualTo(new SendResult.AlreadyKnown());
        var cheaper = signer.sign(0, call("two"), low);
        assertThat(chain.send(cheaper.raw())).isInstanceOf(SendResult.Underpriced.class);
        node.mine();
        assertThat(chain.send(cheaper.raw())).isInstanceOf(SendResult.NonceTooLow.class);
        var poor = new TransactionSigner(SigningKey.generate(new Random(7)), 31337);
        assertThat(chain.send(poor.sign(0, call("three"), low).raw())).isInstanceOf(SendResult.InsufficientFunds.class);
        assertThat(chain.send(Payload.fromHex("0x02c0"))).isInstanceOf(SendResult.Rejected.class);
    }

    @Test
    void shouldCarryACustomErrorOut() {
        node.setCode(RECEIVER.hex(), "0x63deadbeef6000526004601cfd");
        var estimate = chain.estimateGas(signer.account(), RECEIVER, Payload.EMPTY);
        assertThat(estimate)
                .isInstanceOfSatisfying(
                        CallResult.Reverted.class,
                        reverted -> assertThat(reverted.data()).isEqualTo(Payload.fromHex("0xdeadbeef")));
        var call = chain.call(signer.account(), RECEIVER, Payload.EMPTY);
        assertThat(call)
                .isInstanceOfSatisfying(
                        CallResult.Reverted.class,
                        reverted -> assertThat(reverted.data()).isEqualTo(Payload.fromHex("0xdeadbeef")));
    }

    @Test
    void shouldAnswerQuestions() {
        assertThat(chain.chainId()).isEqualTo(31337);
        assertThat(chain.fees().baseFee()).isPositive();
        assertThat(chain.inclusion(Hash.ZERO)).isEmpty();
        assertThat(chain.estimateGas(signer.account(), RECEIVER, Payload.EMPTY))
                .isEqualTo(new CallResult.Returned<>(21_000L));
        assertThat(chain.call(signer.account(), RECEIVER, Payload.EMPTY))
                .isEqualTo(new CallResult.Returned<>(Payload.EMPTY));
    }

    @Test
    void shouldNameANodeThatDoesNotAnswer() {
        var first = signer.sign(0, call("one"), new Fees(GWEI, GWEI));
        node.anvil().close();
        assertThat(chain.send(first.raw()))
                .isInstanceOfSatisfying(
                        SendResult.Unreachable.class,
                        lost -> assertThat(lost.reason())
                                .contains(node.anvil().rpcUrl())
                                .contains("eth_sendRawTransaction"));
        assertThatThrownBy(chain::blockNumber)
                .isInstanceOf(ChainUnreachableException.class)
                .hasMessageContaining(node.anvil().rpcUrl())
                .hasMessageContaining("eth_blockNumber");
    }

    private static Call call(String intent) {
        return Call.of(List.of(TypedData.keccak(intent)), RECEIVER, Payload.of(intent.getBytes(UTF_8)), 30_000);
    }
}
