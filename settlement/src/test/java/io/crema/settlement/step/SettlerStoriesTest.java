package io.crema.settlement.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.events.OutcomeKind;
import io.crema.events.TransactionStage;
import io.crema.settlement.SettlementStatus;
import io.crema.settlement.SettlementStatus.State;
import io.crema.settlement.WaitsFor;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes wrong with transactions, one story each; a turn is a second, a step and a block. */
final class SettlerStoriesTest {
    private static final BigInteger MILLI = BigInteger.TEN.pow(15);

    private final SettlerWorld world = new SettlerWorld();

    @Test
    void shouldSendAgainWhatWasMinedAndFellOutOfTheChain() {
        world.redeem(1, 100);
        world.turns(2);
        world.step();
        assertThat(world.steps(TransactionStage.MINED)).hasSize(1);
        world.chain.reorganise(1, true);
        world.turn();
        assertThat(world.log.steps.getLast().getReason()).contains("left the chain");
        assertThat(world.log.outcomes).isEmpty();
        world.settle();
        assertThat(world.steps(TransactionStage.PREPARED))
                .as("the same bytes go out again")
                .hasSize(1);
        assertThat(world.log.outcomes.getFirst().getKind()).isEqualTo(OutcomeKind.DONE);
    }

    @Test
    void shouldSendAgainWhatANodeForgotWhenItRestarted() {
        world.chain.baseFee = BigInteger.valueOf(1_000_000);
        world.redeem(1, 100);
        world.redeem(2, 100);
        world.redeem(3, 100);
        world.service("no water");
        world.step();
        world.step();
        var received = world.chain.received;
        assertThat(received).isGreaterThan(1);
        world.chain.forgetPool();
        world.chain.unreachable = true;
        world.step();
        world.chain.unreachable = false;
        world.step();
        assertThat(world.chain.received).as("everything that was in the pool").isGreaterThanOrEqualTo(2 * received);
        world.settle();
    }

    @Test
    void shouldPayMoreForWhatTheNodeEvictedAsTooCheap() {
        world.chain.baseFee = BigInteger.valueOf(50);
        world.redeem(1, 100);
        world.step();
        world.step();
        world.chain.forgetPool();
        world.chain.baseFee = BigInteger.valueOf(400);
        world.turns(8);
        var versions = world.steps(TransactionStage.PREPARED);
        assertThat(versions.size()).isGreaterThan(1);
        assertThat(versions).extracting(step -> step.getNonce()).containsOnly(0L);
        assertThat(versions.getLast().getMaxFeePerGas()).isGreaterThan(new java.math.BigDecimal(400));
        world.settle();
        assertThat(world.chain.count(SettlerWorld.SIGNERS.getFirst().account())).isEqualTo(1);
    }

    @Test
    void shouldFillAGapThatAStrangersTransactionLeft() {
        world.redeem(1, 100);
        world.intrude();
        world.chain.mine();
        world.step();
        world.step();
        assertThat(world.steps(TransactionStage.PREPARED).getFirst().getNonce())
                .as("the stranger took nonce 0")
                .isEqualTo(1);
        world.chain.reorganise(1, true);
        world.chain.forgetPool();
        world.settle();
        assertThat(world.steps(TransactionStage.PREPARED))
                .anySatisfy(step -> assertThat(step.getNonce()).isZero());
        assertThat(world.log.outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.getKind()).isEqualTo(OutcomeKind.DONE));
    }

    @Test
    void shouldRaiseAnAlarmBeforeAnAccountRunsShortAndPauseRatherThanFail() {
        world.policy = world.policy.withLowBalance(MILLI);
        world.redeem(1, 100);
        world.turns(5);
        assertThat(status().alarms()).isEmpty();
        world.chain.balance = MILLI.subtract(BigInteger.ONE);
        world.turns(31);
        assertThat(status().state()).isEqualTo(State.RUNNING);
        assertThat(status().alarms())
                .singleElement()
                .asString()
                .contains(SettlerWorld.SIGNERS.getFirst().account().hex(), "less than 0.001 ether", "send it ether");

        world.chain.balance = BigInteger.TEN;
        world.redeem(2, 100);
        world.turns(3);
        assertThat(status().state()).isEqualTo(State.SHORT_OF_FUNDS);
        assertThat(status().waitsFor()).containsOnlyKeys(WaitsFor.ETHER);
        assertThat(world.steps(TransactionStage.PREPARED))
                .as("nothing is signed")
                .hasSize(1);

        world.chain.balance = BigInteger.TEN.pow(24);
        world.turns(5);
        assertThat(status().state()).isEqualTo(State.RUNNING);
        assertThat(status().alarms()).isEmpty();
        world.settle();
    }

    @Test
    void shouldSendFromAnAccountThatCanPayWhenAnotherCannot() {
        world.signers = SettlerWorld.SIGNERS.subList(0, 2);
        world.chain.balances.put(SettlerWorld.SIGNERS.getFirst().account(), BigInteger.TEN);
        world.redeem(1, 100);
        world.turns(3);
        assertThat(status().state()).isEqualTo(State.RUNNING);
        assertThat(world.chain.count(SettlerWorld.SIGNERS.get(1).account())).isEqualTo(1);
        world.service("no water");
        world.turns(3);
        assertThat(status().state()).as("only the first may ask for service").isEqualTo(State.SHORT_OF_FUNDS);
        world.settle();
        assertThat(world.chain.count(SettlerWorld.SIGNERS.getFirst().account())).isEqualTo(1);
    }

    @Test
    void shouldNotGiveAnIntentThatIsUnderWayToAnAccountThatWasAdded() {
        world.chain.baseFee = BigInteger.valueOf(1_000_000);
        world.redeem(1, 100);
        world.turns(2);
        world.signers = SettlerWorld.SIGNERS;
        world.restart();
        world.redeem(2, 100);
        world.turns(3);
        assertThat(world.steps(TransactionStage.PREPARED).stream()
                        .filter(step -> step.getVersion() == 1)
                        .map(step -> step.getAccount()))
                .hasSize(2)
                .doesNotHaveDuplicates();
        world.settle();
    }

    @Test
    void shouldRefuseToLeaveOutAnAccountWhoseTransactionsAreOpen() {
        world.signers = SettlerWorld.SIGNERS;
        world.chain.baseFee = BigInteger.valueOf(1_000_000);
        world.redeem(1, 100);
        world.redeem(2, 100);
        world.redeem(3, 100);
        world.redeem(4, 100);
        world.turns(2);
        world.signers = SettlerWorld.SIGNERS.subList(0, 1);
        world.restart();
        world.step();
        assertThat(world.signers).as("the start was refused").isEqualTo(SettlerWorld.SIGNERS);
        world.settle();
    }

    @Test
    void shouldWaitForCheaperGasButNotBeyondItsPatience() {
        world.policy = world.policy.with(gas(Optional.empty(), Optional.of(BigInteger.valueOf(20)), Optional.empty()));
        world.chain.baseFee = BigInteger.valueOf(30);
        world.redeem(1, 100);
        world.redeemNow(2, 100);
        world.turns(5);
        assertThat(world.steps(TransactionStage.CONFIRMED).size())
                .as("the urgent one goes")
                .isEqualTo(1);
        assertThat(status().waitsFor()).containsOnlyKeys(WaitsFor.CHEAPER_GAS);
        assertThat(status().sentence()).contains("for cheaper gas", "wanted at most");
        world.now = world.now.plus(Duration.ofHours(1));
        world.turns(5);
        assertThat(status().waiting()).isZero();
        world.settle();
    }

    @Test
    void shouldCompareWithWhatGasUsuallyCosts() {
        world.policy = world.policy.with(gas(Optional.empty(), Optional.empty(), Optional.of(110)));
        world.chain.baseFee = BigInteger.valueOf(100);
        world.turns(3);
        world.chain.baseFee = BigInteger.valueOf(200);
        world.redeem(1, 100);
        world.turns(5);
        assertThat(status().waitsFor()).containsOnlyKeys(WaitsFor.CHEAPER_GAS);
        world.chain.baseFee = BigInteger.valueOf(105);
        world.now = world.now.plusSeconds(31);
        world.turns(3);
        assertThat(status().waiting()).isZero();
        world.settle();
    }

    @Test
    void shouldNeverRedeemLessThanTheGasCostsUnlessItMust() {
        var tokenPerEther = BigInteger.TEN.pow(18 - 4);
        world.policy = world.policy.with(gas(Optional.of(tokenPerEther), Optional.empty(), Optional.empty()));
        world.redeem(1, 20);
        world.redeem(2, 1);
        world.redeemBy(3, 1, world.now.plusSeconds(400));
        world.turns(5);
        assertThat(status().waitsFor())
                .as("a row costs 25,000 gas at 11 wei: 27; alone 51,000: 56")
                .containsKey(WaitsFor.MORE_VALUE);
        assertThat(world.log.steps).isEmpty();
        world.redeem(4, 55);
        world.turns(2);
        assertThat(world.log.steps).as("one row of 55 is not worth 56").isEmpty();
        world.redeem(4, 200);
        world.now = world.now.plusSeconds(31);
        world.turns(5);
        assertThat(world.chain.effects()).containsOnlyKeys(world.channel(4));
        world.now = world.now.plusSeconds(300);
        world.turns(35);
        assertThat(world.chain.effects())
                .as("the one with a deadline must go")
                .containsOnlyKeys(world.channel(4), world.channel(3));
        assertThat(status().waiting()).isEqualTo(2);
        world.chain.baseFee = BigInteger.ZERO;
        world.redeemNow(1, 21);
        world.redeemNow(2, 2);
        world.settle();
    }

    @Test
    void shouldKeepItsPlaceAmongTheIntentsOfAQuietLog() {
        world.redeem(1, 100);
        world.turns(10);
        var before = world.log.commits;
        world.now = world.now.plus(Duration.ofHours(13));
        world.turn();
        assertThat(world.log.commits).isEqualTo(before + 1);
        world.turns(5);
        assertThat(world.log.commits).isEqualTo(before + 1);
    }

    private SettlementStatus status() {
        return Objects.requireNonNull(world.status);
    }

    private static GasPolicy gas(Optional<BigInteger> rate, Optional<BigInteger> ceiling, Optional<Integer> percent) {
        return new GasPolicy(
                rate, ceiling, percent, Duration.ofHours(1), Duration.ofMinutes(30), Duration.ofSeconds(30));
    }
}
