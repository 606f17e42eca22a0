package io.crema.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.node.NodeHealth;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.events.OutcomeKind;
import io.crema.events.RedeemChannel;
import io.crema.events.TransactionStage;
import io.crema.platform.Anvil;
import io.crema.platform.EmbeddedBroker;
import io.crema.settlement.SettlementStatus.State;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settlement on a real broker and a real chain, when nodes, accounts, signers and other instances misbehave. */
final class SettlementFaultsIT {
    private static final String HUNDREDTH_OF_AN_ETHER = "0x2386f26fc10000";

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private Anvil anvil;
    private TestLog log;

    @SuppressWarnings("NullAway.Init") // each test makes its own
    private TestWorld world;

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
    void shouldGoOnWithAnotherNodeAndNameTheOnesThatAreOut() throws Exception {
        world = new TestWorld(anvil, 3);
        try (var foreign = Anvil.builder().chainId(999).start();
                var first = new RpcGate(anvil.rpcUrl());
                var second = new RpcGate(anvil.rpcUrl());
                var settlement = settlement(config().withNodes(List.of(foreign.rpcUrl(), first.url(), second.url())))
                        .start()) {
            log.publish(redeem(1, 100));
            log.await("the first outcome", seen -> seen.outcomes.size() == 1);
            assertThat(settlement.status().nodes())
                    .extracting(NodeHealth::state)
                    .containsExactly(NodeHealth.State.WRONG_CHAIN, NodeHealth.State.IN_USE, NodeHealth.State.STANDBY);
            assertThat(settlement.status().alarms())
                    .containsExactly(foreign.rpcUrl() + " serves chain 999, expected chain 31337");

            first.mode = RpcGate.Mode.BROKEN;
            log.publish(redeem(2, 100));
            log.await("an outcome by the other node", seen -> seen.outcomes.size() == 2);
            assertThat(settlement.status().nodes())
                    .extracting(NodeHealth::state)
                    .containsExactly(
                            NodeHealth.State.WRONG_CHAIN, NodeHealth.State.UNREACHABLE, NodeHealth.State.IN_USE);

            first.mode = RpcGate.Mode.OPEN;
            log.await(
                    "the preferred node again",
                    seen -> settlement.status().nodes().get(1).state() == NodeHealth.State.IN_USE);
            first.mode = RpcGate.Mode.LIMITED;
            first.retryAfterSeconds = 600;
            log.publish(redeem(3, 100));
            log.await("an outcome while the first limits its rate", seen -> seen.outcomes.size() == 3);
            assertThat(settlement.status().nodes().get(1).state()).isEqualTo(NodeHealth.State.RATE_LIMITED);
            var asked = first.asked.get();
            log.publish(redeem(3, 200));
            log.await("one more", seen -> seen.outcomes.size() == 4);
            assertThat(first.asked)
                    .as("it is left alone for as long as it asks")
                    .hasValue(asked);
        }
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(4);
    }

    @Test
    void shouldRaiseAnAlarmBeforeItIsShortOfEtherThenPauseThenGoOn() throws Exception {
        world = new TestWorld(anvil, 3);
        var before = world.nonce();
        try (var settlement = settlement(config()).start()) {
            world.anvil("anvil_setBalance", world.account().hex(), HUNDREDTH_OF_AN_ETHER);
            log.publish(redeem(1, 100));
            log.await("an outcome in spite of the alarm", seen -> seen.outcomes.size() == 1);
            log.await("the alarm", seen -> !settlement.status().alarms().isEmpty());
            assertThat(settlement.status().state()).isEqualTo(State.RUNNING);
            assertThat(settlement.status().alarms().getFirst())
                    .contains(world.account().hex(), "less than 0.05 ether", "send it ether");

            world.anvil("anvil_setBalance", world.account().hex(), "0x1");
            log.publish(redeem(2, 100));
            log.await("the pause", seen -> settlement.status().state() == State.SHORT_OF_FUNDS);
            assertThat(settlement.status().waitsFor()).containsOnlyKeys(WaitsFor.ETHER);

            world.anvil("anvil_setBalance", world.account().hex(), "0xde0b6b3a7640000");
            log.await("it to go on by itself", seen -> seen.outcomes.size() == 2);
            log.await("the alarm's end", seen -> settlement.status().alarms().isEmpty());
        }
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(2);
        assertThat(world.nonce()).isEqualTo(before + 2);
    }

    @Test
    void shouldSignWithAWeb3SignerAndWaitForItWhenItIsAway() throws Exception {
        world = new TestWorld(anvil, 2);
        var before = world.nonce();
        try (var signer = new FakeWeb3Signer(List.of(world.manufacturer));
                var settlement = new SettlementService(
                                config().with(new KeySource.Signer(signer.url(), List.of(world.account()))))
                        .start()) {
            log.publish(redeem(1, 100));
            log.await("the first outcome", seen -> seen.outcomes.size() == 1);
            signer.down = true;
            log.publish(redeem(2, 100));
            log.await("the signer to be missed", seen -> settlement.status().state() == State.SIGNER_UNREACHABLE);
            assertThat(settlement.status().sentence()).contains("refused to sign", "500");
            signer.down = false;
            signer.lies = true;
            log.await(
                    "a false signature to be thrown away",
                    seen -> settlement.status().sentence().contains("is not of account"));
            signer.lies = false;
            log.await("the second outcome", seen -> seen.outcomes.size() == 2);
            assertThat(settlement.status().state()).isEqualTo(State.RUNNING);
        }
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(2);
        assertThat(world.nonce()).isEqualTo(before + 2);
    }

    @Test
    void shouldHaveOneEffectWhenAnInstancePausedBeforeItsBroadcastWakesUpBesideItsSuccessor() throws Exception {
        world = new TestWorld(anvil, 2);
        var before = world.nonce();
        var paused = new ArrayList<PausedChain>();
        UnaryOperator<ChainPort> pausing = node -> {
            paused.add(new PausedChain(node));
            return paused.getFirst();
        };
        log.publish(redeem(1, 700));
        try (var first = settlement(config(), pausing, world.manufacturer).start()) {
            paused.getFirst().awaitPause();
            log.await(
                    "the first's commit",
                    seen -> seen.steps(TransactionStage.PREPARED).size() == 1);
            assertThat(world.nonce()).as("nothing was broadcast").isEqualTo(before);
            try (var second = settlement(config()).start()) {
                log.await("the second to finish it", seen -> seen.outcomes.size() == 1);
                assertThat(first.status().state()).isNotEqualTo(State.FENCED);

                paused.getFirst().release();
                log.publish(redeem(2, 800));
                log.await("the first to stop", seen -> first.status().state() == State.FENCED);
                log.await("the second to go on", seen -> seen.outcomes.size() == 2);
                assertThat(second.status().state()).isEqualTo(State.RUNNING);
            }
        }
        assertThat(paused.getFirst().sent)
                .as("the zombie could only send the bytes that were committed")
                .isNotEmpty()
                .allMatch(bytes -> log.steps(TransactionStage.PREPARED).stream()
                        .anyMatch(step -> Payload.of(bytes(step.getSigned())).equals(bytes)));
        assertThat(log.steps(TransactionStage.PREPARED)).hasSize(2);
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(2);
        assertThat(world.nonce()).isEqualTo(before + 2);
        assertThat(world.credited()).isEqualTo(1_500);
    }

    @Test
    void shouldSendFromSeveralAccountsAndGiveNoIntentToTwo() throws Exception {
        world = new TestWorld(anvil, 12);
        var helpers = List.of(key(3), key(4));
        var one = config().with(config().policy().withBatches(config().policy().gatherFor(), 2));
        world.anvil("evm_setAutomine", false);
        for (var index = 1; index <= 4; index++) {
            log.publish(redeem(index, 100));
        }
        try (var alone = settlement(one).start()) {
            log.await(
                    "transactions of the first account",
                    seen -> seen.steps(TransactionStage.PREPARED).size() >= 2);
            assertThat(alone.accounts()).containsExactly(world.account());
        }
        for (var index = 5; index <= 12; index++) {
            log.publish(redeem(index, 100));
        }
        try (var settlement = settlement(
                        one, UnaryOperator.identity(), world.manufacturer, helpers.get(0), helpers.get(1))
                .start()) {
            log.await(
                    "all to be prepared",
                    seen -> seen.steps(TransactionStage.PREPARED).stream()
                                    .filter(step -> step.getVersion() == 1)
                                    .mapToInt(step -> step.getIntents().size())
                                    .sum()
                            == 12);
            world.anvil("evm_setAutomine", true);
            world.anvil("evm_mine");
            log.await("all outcomes", seen -> seen.outcomes.size() == 12);
            assertThat(settlement.accounts()).hasSize(3);
        }
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(12);
        assertThat(log.steps(TransactionStage.CONFIRMED).stream()
                        .map(step -> Address.of(step.getAccount().bytes()))
                        .distinct())
                .hasSize(3);
        assertThat(log.steps(TransactionStage.PREPARED).stream()
                        .filter(step -> step.getVersion() == 1)
                        .flatMap(step -> step.getIntents().stream())
                        .map(part -> part.getIntent()))
                .doesNotHaveDuplicates();
        assertThat(world.credited()).isEqualTo(1_200);
    }

    @Test
    void shouldSendAgainWhatTheNodeDroppedAndWhatAReorganisationTookBack() throws Exception {
        world = new TestWorld(anvil, 2);
        var before = world.nonce();
        world.anvil("evm_setAutomine", false);
        var deep = SettlementConfig.of(
                broker.bootstrapServers(),
                TestLog.PARTITIONS,
                world.contracts.chainId(),
                anvil.rpcUrl(),
                world.contracts.paymentProvider(),
                world.contracts.maintenanceProvider(),
                3);
        log.publish(redeem(1, 900));
        try (var settlement =
                settlement(deep.with(TestPolicies.impatient(deep.policy()))).start()) {
            log.await("it to be sent", seen -> seen.steps(TransactionStage.SENT).size() >= 1);
            world.anvil("anvil_dropAllTransactions");
            world.anvil("evm_mine");
            assertThat(world.nonce()).as("the node lost it").isEqualTo(before);
            log.await("the same bytes to be sent again", seen -> pendingNonce() > before);
            world.anvil("evm_mine");
            log.await(
                    "it to be mined after all",
                    seen -> !seen.steps(TransactionStage.MINED).isEmpty());
            world.anvil("anvil_reorg", 1, List.of());
            log.await(
                    "the loss to be seen",
                    seen -> seen.steps.stream()
                            .anyMatch(step -> step.getReason().contains("left the chain")));
            log.await("the outcome", seen -> {
                mine();
                return seen.outcomes.size() == 1;
            });
            assertThat(settlement.status().open()).isZero();
        }
        assertThat(log.count(OutcomeKind.DONE)).isEqualTo(1);
        assertThat(world.nonce()).isEqualTo(before + 1);
        assertThat(world.redeemed(1)).isEqualTo(BigInteger.valueOf(900));
    }

    private void mine() {
        try {
            world.anvil("evm_mine");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long pendingNonce() {
        try {
            return world.pendingNonce();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private SigningKey key(int number) {
        return SigningKey.fromHex(anvil.accounts().get(number).privateKey());
    }

    private RedeemChannel redeem(long index, long total) {
        return TestIntents.redeem(
                world.contracts.paymentDomain(),
                world.customer.address(),
                world.account(),
                index,
                total,
                1,
                world.customer);
    }

    private SettlementConfig config() {
        var contracts = world.contracts;
        var config = SettlementConfig.of(
                broker.bootstrapServers(),
                TestLog.PARTITIONS,
                contracts.chainId(),
                anvil.rpcUrl(),
                contracts.paymentProvider(),
                contracts.maintenanceProvider(),
                1);
        return config.with(TestPolicies.impatient(config.policy()));
    }

    private SettlementService settlement(SettlementConfig config) {
        return settlement(config, UnaryOperator.identity(), world.manufacturer);
    }

    private static SettlementService settlement(
            SettlementConfig config, UnaryOperator<ChainPort> chain, SigningKey... keys) {
        return new SettlementService(
                config,
                SettlementService.Keys.of(List.of(keys)),
                new SettlementService.Hooks(InstantSource.system(), UnaryOperator.identity(), chain));
    }

    private static byte[] bytes(java.nio.@org.jspecify.annotations.Nullable ByteBuffer buffer) {
        var copy = java.util.Objects.requireNonNull(buffer).duplicate();
        var bytes = new byte[copy.remaining()];
        copy.get(bytes);
        return bytes;
    }
}
