package io.crema.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.events.OutcomeKind;
import io.crema.events.RedeemChannel;
import io.crema.events.TransactionStage;
import io.crema.platform.Anvil;
import io.crema.platform.EmbeddedBroker;
import io.crema.settlement.SettlementStatus.State;
import io.crema.settlement.step.AccountLog;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settlement on a real broker and a real chain with the real contracts. */
final class SettlementIT {
    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private Anvil anvil;

    @SuppressWarnings("NullAway.Init") // each test makes its own
    private TestWorld world;

    private TestLog log;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.builder(folder.resolve("broker")).start();
        anvil = Anvil.builder().blockPerTransaction().start();
        log = new TestLog(broker.bootstrapServers());
    }

    @AfterEach
    void stop() {
        log.close();
        anvil.close();
        broker.close();
    }

    @Test
    void shouldRedeemManyChannelsInOneTransactionAndNameTheRowThatWasSkipped() throws Exception {
        world = new TestWorld(anvil, 20);
        for (var index = 1; index <= 20; index++) {
            log.publish(redeem(index, 1_000 + index));
        }
        log.publish(TestIntents.redeem(
                world.contracts.paymentDomain(),
                world.customer.address(),
                world.account(),
                20,
                9_000,
                1,
                world.manufacturer));
        log.publish(TestIntents.service(world.machine(1), "no water", 1));
        try (var settlement = settlement(UnaryOperator.identity()).start()) {
            log.await("all outcomes", seen -> seen.outcomes.size() == 22);

            assertThat(log.count(OutcomeKind.DONE)).isEqualTo(20);
            assertThat(log.outcomes)
                    .filteredOn(outcome -> outcome.getKind() == OutcomeKind.SKIPPED)
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.getReason()).isEqualTo("WrongSigner"));
            assertThat(log.count(OutcomeKind.SUPERSEDED)).isEqualTo(1);
            assertThat(log.steps(TransactionStage.CONFIRMED))
                    .extracting(step -> step.getKind())
                    .containsExactlyInAnyOrder("REQUEST_SERVICE", "REDEEM_MANY");
            assertThat(world.redeemed(1)).isEqualTo(1_001);
            assertThat(world.credited()).isEqualTo(BigInteger.valueOf(19 * 1_000 + 190));

            log.publish(redeem(1, 1_001, 2));
            log.publish(TestIntents.service(world.machine(1), "no water", 2));
            log.await("repeats", seen -> seen.count(OutcomeKind.ALREADY_DONE) == 2);
            assertThat(settlement.status().state()).isEqualTo(State.RUNNING);
        }
    }

    @Test
    void shouldSendTheSameBytesAfterACrashBetweenCommitAndBroadcast() throws Exception {
        world = new TestWorld(anvil, 1);
        var before = world.nonce();
        log.publish(redeem(1, 500));
        UnaryOperator<AccountLog> crashing = real -> entry -> {
            real.commit(entry);
            throw new IllegalStateException("the test's power cut");
        };
        try (var first = settlement(crashing).start()) {
            log.await("a prepared transaction", seen -> !seen.steps.isEmpty());
            log.await("the crash", seen -> first.status().state() == State.FAILED);
        }
        assertThat(world.nonce()).isEqualTo(before);
        try (var second = settlement(UnaryOperator.identity()).start()) {
            log.await("the outcome", seen -> seen.outcomes.size() == 1);
            assertThat(second.status().state()).isEqualTo(State.RUNNING);
        }
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(1);
        assertThat(log.steps(TransactionStage.PREPARED)).hasSize(1);
        assertThat(log.steps(TransactionStage.CONFIRMED).getFirst().getTransactionHash())
                .isEqualTo(log.steps(TransactionStage.PREPARED).getFirst().getTransactionHash());
        assertThat(world.nonce()).isEqualTo(before + 1);
        assertThat(world.redeemed(1)).isEqualTo(500);
    }

    @Test
    void shouldLetOnlyTheNewestInstanceOfAnAccountAct() throws Exception {
        world = new TestWorld(anvil, 2);
        var before = world.nonce();
        log.publish(redeem(1, 700));
        var paused = new CountDownLatch(1);
        UnaryOperator<AccountLog> pausing = real -> entry -> {
            real.commit(entry);
            try {
                paused.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (var first = settlement(pausing).start()) {
            log.await("the first to prepare", seen -> !seen.steps.isEmpty());
            try (var second = settlement(UnaryOperator.identity()).start()) {
                log.await("the second to finish it", seen -> seen.outcomes.size() == 1);
                paused.countDown();
                log.publish(redeem(2, 800));
                log.await("the first to stop", seen -> first.status().state() == State.FENCED);
                log.await("the second to go on", seen -> seen.outcomes.size() == 2);
                assertThat(second.status().state()).isEqualTo(State.RUNNING);
            }
        }
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(2);
        assertThat(log.steps(TransactionStage.PREPARED)).hasSize(2);
        assertThat(world.nonce()).isEqualTo(before + 2);
        assertThat(world.credited()).isEqualTo(1_500);
    }

    @Test
    void shouldPayMoreForATransactionThatIsStuckAndCountItOnce() throws Exception {
        world = new TestWorld(anvil, 1);
        var before = world.nonce();
        world.anvil("evm_setAutomine", false);
        log.publish(redeem(1, 900));
        try (var settlement = settlement(UnaryOperator.identity()).start()) {
            log.await(
                    "two versions",
                    seen -> seen.steps(TransactionStage.PREPARED).size() >= 2);
            world.anvil("evm_mine");
            log.await("the outcome", seen -> seen.outcomes.size() == 1);
            assertThat(settlement.status().open()).isZero();
        }
        assertThat(log.steps(TransactionStage.PREPARED))
                .extracting(step -> step.getNonce())
                .containsOnly(before);
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(1);
        assertThat(world.nonce()).isEqualTo(before + 1);
    }

    @Test
    void shouldGoOnWhenTheNodeComesBack() throws Exception {
        anvil.close();
        var state = folder.resolve("chain.json");
        anvil = Anvil.builder().blockPerTransaction().state(state).start();
        world = new TestWorld(anvil, 1);
        var port = java.net.URI.create(anvil.rpcUrl()).getPort();
        try (var settlement = settlement(UnaryOperator.identity()).start()) {
            log.await("it to run", seen -> settlement.status().state() == State.RUNNING);
            anvil.close();
            log.publish(redeem(1, 300));
            log.await("the loss to be seen", seen -> settlement.status().state() == State.CHAIN_UNREACHABLE);
            anvil = Anvil.builder()
                    .blockPerTransaction()
                    .state(state)
                    .port(port)
                    .start();
            log.await("the outcome", seen -> seen.outcomes.size() == 1);
        }
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(1);
        assertThat(world.redeemed(1)).isEqualTo(300);
    }

    private RedeemChannel redeem(long index, long total) {
        return redeem(index, total, 1);
    }

    private RedeemChannel redeem(long index, long total, int attempt) {
        return TestIntents.redeem(
                world.contracts.paymentDomain(),
                world.customer.address(),
                world.account(),
                index,
                total,
                attempt,
                world.customer);
    }

    private SettlementService settlement(UnaryOperator<AccountLog> logWrapper) {
        var contracts = world.contracts;
        var config = SettlementConfig.of(
                broker.bootstrapServers(),
                TestLog.PARTITIONS,
                contracts.chainId(),
                anvil.rpcUrl(),
                contracts.paymentProvider(),
                contracts.maintenanceProvider(),
                1);
        return new SettlementService(
                config.with(TestPolicies.impatient(config.policy())),
                SettlementService.Keys.of(List.of(world.manufacturer)),
                new SettlementService.Hooks(InstantSource.system(), logWrapper, UnaryOperator.identity()));
    }
}
