package io.crema.chain.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final TransactionSigner SIGNER =
            new TransactionSigner(SigningKey.of(TypedData.keccak("sender").bytes()), 31337);
    private static final FeePolicy FEES =
            new FeePolicy(BigInteger.ONE, BigInteger.valueOf(1_000), 125, Duration.ofSeconds(30), 3);
    private static final TransactionPolicy POLICY = new TransactionPolicy(FEES, 3, Duration.ofSeconds(10), 2);
    private static final FeeQuote QUOTE = new FeeQuote(BigInteger.TEN, BigInteger.TWO);
    private static final Fees START = new Fees(BigInteger.TWO, BigInteger.valueOf(22));
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final Call one = call("one");
    private final Call two = call("two");

    @Test
    void shouldTakeTheChainsNextNonceForANewAccount() {
        assertThat(decide(AccountState.EMPTY, List.of(one, two), view(7), 0))
                .containsExactly(new Action.Prepare(7, one, START), new Action.Prepare(8, two, START));
    }

    @Test
    void shouldNotOpenMoreThanAllowed() {
        assertThat(decide(AccountState.EMPTY, List.of(one, two, call("three")), view(0), 0))
                .hasSize(2);
    }

    @Test
    void shouldPassOverACallWhoseIntentIsUnderWayOrWantedTwice() {
        var both =
                new Call(List.of(intent("one"), intent("two")), Address.ZERO, BigInteger.ZERO, Payload.EMPTY, 50_000);
        assertThat(decide(AccountState.EMPTY, List.of(one, both), view(0), 0))
                .containsExactly(new Action.Prepare(0, one, START));
        assertThat(decide(state(prepared(0, one)), List.of(both), view(0), 0))
                .noneMatch(action -> action instanceof Action.Prepare);
        var done = state(prepared(0, one), mined(0, one), new TransactionEvent.Confirmed(0, inclusion(one, 1), T0));
        assertThat(decide(done, List.of(one), view(1), 0)).isEmpty();
        assertThat(decide(done.forget(List.of(0L)), List.of(one), view(1), 0)).hasSize(1);
    }

    @Test
    void shouldBroadcastWhatIsPreparedAndAgainAfterAWhile() {
        var prepared = state(prepared(0, one));
        var broadcast = new Action.Broadcast(0, version(0, one));
        assertThat(decide(prepared, List.of(), view(0), 0)).containsExactly(broadcast);
        var sent = prepared.apply(new TransactionEvent.Sent(0, version(0, one).hash(), T0));
        assertThat(sent.open().firstEntry().getValue().status()).isEqualTo(OpenTransaction.Status.SENT);
        assertThat(decide(sent, List.of(), view(0), 9)).isEmpty();
        assertThat(decide(sent, List.of(), view(0), 10)).containsExactly(broadcast);
    }

    @Test
    void shouldBumpOnlyTheNonceThatIsNext() {
        var sent = state(
                prepared(0, one),
                new TransactionEvent.Sent(0, version(0, one).hash(), T0.plusSeconds(29)),
                prepared(1, two),
                new TransactionEvent.Sent(1, version(1, two).hash(), T0.plusSeconds(29)));
        assertThat(decide(sent, List.of(), view(0), 30))
                .containsExactly(new Action.Reprice(0, one, new Fees(BigInteger.valueOf(3), BigInteger.valueOf(25))));
    }

    @Test
    void shouldBumpAtOnceWhenTheNodeFindsItTooCheap() {
        var refused = state(
                prepared(0, one),
                new TransactionEvent.Refused(0, version(0, one).hash(), new SendResult.Underpriced("too cheap"), T0));
        assertThat(decide(refused, List.of(), view(0), 1)).hasExactlyElementsOfTypes(Action.Reprice.class);
    }

    @Test
    void shouldHoldAtTheCapAndKeepSending() {
        var capped = new Fees(BigInteger.TWO, BigInteger.valueOf(900));
        var state = state(new TransactionEvent.Prepared(0, one, SIGNER.sign(0, one, capped), T0));
        assertThat(decide(state, List.of(), view(0), 3_600)).hasExactlyElementsOfTypes(Action.Broadcast.class);
    }

    @Test
    void shouldFollowAnyVersionThatIsMinedUntilItIsDeepEnough() {
        var second = SIGNER.sign(0, one, new Fees(BigInteger.valueOf(3), BigInteger.valueOf(25)));
        var state = state(prepared(0, one), new TransactionEvent.Replaced(0, second, T0));
        var where = inclusion(one, 5);
        var mined = new TransactionEvent.Mined(0, where, T0);
        assertThat(decide(state, List.of(), view(1, 5, where), 0)).containsExactly(new Action.Append(mined));
        state = state.apply(mined);
        assertThat(decide(state, List.of(), view(1, 6, where), 0)).isEmpty();
        assertThat(decide(state, List.of(), view(1, 7, where), 0))
                .containsExactly(new Action.Append(new TransactionEvent.Confirmed(0, where, T0)));
    }

    @Test
    void shouldFailWhatRevertedOnlyWhenItIsDeepEnough() {
        var where = new Inclusion(version(0, one).hash(), Hash.ZERO, 5, false, 30_000, BigInteger.TEN);
        var state = state(prepared(0, one));
        assertThat(decide(state, List.of(), view(1, 6, where), 0))
                .containsExactly(new Action.Append(new TransactionEvent.Mined(0, where, T0)));
        assertThat(decide(state, List.of(), view(1, 7, where), 0))
                .contains(new Action.Append(new TransactionEvent.Failed(0, new FailureCause.Reverted(where), T0)));
    }

    @Test
    void shouldGoBackToSendingWhenTheBlockIsGone() {
        var state = state(prepared(0, one), mined(0, one));
        var reorged = new TransactionEvent.Reorged(0, inclusion(one, 1), T0);
        assertThat(decide(state, List.of(), view(0), 0)).containsExactly(new Action.Append(reorged));
        assertThat(decide(state.apply(reorged), List.of(), view(0), 0))
                .containsExactly(new Action.Broadcast(0, version(0, one)));
    }

    @Test
    void shouldGiveUpANonceThatAStrangerHasUsedForGood() {
        var state = state(prepared(0, one));
        var unsure = new ChainView(SIGNER.account(), 9, 1, OptionalLong.of(0), QUOTE, Map.of());
        assertThat(decide(state, List.of(), unsure, 3_600)).isEmpty();
        var sure = new ChainView(SIGNER.account(), 9, 1, OptionalLong.of(1), QUOTE, Map.of());
        assertThat(decide(state, List.of(), sure, 0))
                .containsExactly(new Action.Append(new TransactionEvent.Failed(0, new FailureCause.NonceTaken(1), T0)));
    }

    @Test
    void shouldFillAGapBelowAnOpenNonce() {
        var state = state(prepared(1, one));
        assertThat(decide(state, List.of(), view(0), 0))
                .contains(new Action.Prepare(0, Call.filler(SIGNER.account()), START));
        assertThat(decide(state, List.of(two), view(0), 0)).contains(new Action.Prepare(0, two, START));
    }

    @Test
    void shouldStopOnAChainThatLacksFinalTransactions() {
        var done = state(prepared(4, one), mined(4, one), new TransactionEvent.Confirmed(4, inclusion(one, 1), T0));
        assertThat(decide(done, List.of(two), view(3), 0)).containsExactly(new Action.ChainBehind(5, 3));
    }

    @Test
    void shouldRefuseALogOfTwoWriters() {
        var state = state(prepared(0, one));
        assertThatThrownBy(() -> state.apply(prepared(0, two)))
                .hasMessageContaining("nonce 0")
                .hasMessageContaining("only one writer");
        assertThatThrownBy(() -> state.apply(mined(3, two))).hasMessageContaining("nonce 3");
    }

    private static List<Action> decide(AccountState state, List<Call> wanted, ChainView view, long seconds) {
        return Decision.decide(state, wanted, view, T0.plusSeconds(seconds), POLICY);
    }

    private static AccountState state(TransactionEvent... events) {
        return AccountState.of(Arrays.asList(events));
    }

    private static ChainView view(long nonce) {
        return new ChainView(SIGNER.account(), 9, nonce, OptionalLong.empty(), QUOTE, Map.of());
    }

    private static ChainView view(long nonce, long head, Inclusion inclusion) {
        return new ChainView(
                SIGNER.account(), head, nonce, OptionalLong.empty(), QUOTE, Map.of(inclusion.transaction(), inclusion));
    }

    private static TransactionEvent prepared(long nonce, Call call) {
        return new TransactionEvent.Prepared(nonce, call, version(nonce, call), T0);
    }

    private static TransactionEvent mined(long nonce, Call call) {
        return new TransactionEvent.Mined(nonce, inclusion(call, 1), T0);
    }

    private static Inclusion inclusion(Call call, long block) {
        return new Inclusion(version(0, call).hash(), Hash.ZERO, block, true, 30_000, BigInteger.TEN);
    }

    private static SignedVersion version(long nonce, Call call) {
        return SIGNER.sign(nonce, call, START);
    }

    private static Call call(String intent) {
        return Call.of(List.of(intent(intent)), Address.ZERO, Payload.EMPTY, 50_000);
    }

    private static Hash intent(String name) {
        return TypedData.keccak(name);
    }
}
