package io.crema.edge.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.node.Web3Chain;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.edge.chain.DirectReport.State;
import io.crema.edge.journal.FileLog;
import io.crema.platform.Anvil;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose platform is away, on a real chain with the real contracts. */
final class DirectSettlementIT {
    private static final Duration LONG = Duration.ofDays(2);
    private static final DirectPolicy POLICY = new DirectPolicy(
            Duration.ofDays(1),
            Duration.ofHours(20),
            Amount.of(1),
            BigInteger.valueOf(100_000_000_000L),
            1,
            Duration.ofMinutes(3));

    private Anvil anvil;
    private Web3Chain node;

    @TempDir
    Path dir;

    private TestChain chain;
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void start() throws Exception {
        anvil = Anvil.builder().blockPerTransaction().start();
        node = new Web3Chain(anvil.rpcUrl());
        chain = new TestChain(anvil);
        now = Instant.ofEpochSecond(chain.chainTime());
    }

    @AfterEach
    void stop() {
        node.close();
        anvil.close();
    }

    @Test
    void shouldRedeemByItselfAndNeverConflictWithThePlatform() throws Exception {
        var before = chain.nonce(chain.machineAccount);
        var newest = chain.receipt(40, 60_000_000);
        try (var direct = direct(node, "account")) {
            assertThat(direct.step(now, Duration.ofHours(23), Optional.of(newest), Optional.empty())
                            .state())
                    .isEqualTo(State.NOT_NEEDED);
            assertThat(run(direct, newest)).isEqualTo(State.DONE);
            assertThat(chain.redeemed()).isEqualTo(60_000_000);
            assertThat(chain.credited()).isEqualTo(60_000_000);

            chain.platformRedeems(newest);
            assertThat(chain.credited()).isEqualTo(60_000_000);
            assertThat(run(direct, newest)).isEqualTo(State.DONE);

            var later = chain.receipt(50, 75_000_000);
            assertThat(run(direct, later)).as("once in so many hours").isEqualTo(State.DONE);
            assertThat(chain.redeemed()).isEqualTo(60_000_000);
            now = now.plus(Duration.ofHours(21));
            chain.platformRedeems(later);
            assertThat(run(direct, later)).isEqualTo(State.DONE);
        }
        assertThat(chain.credited()).isEqualTo(75_000_000);
        assertThat(chain.nonce(chain.machineAccount)).as("transactions").isEqualTo(before + 1);

        var above = chain.receipt(90, 100_000_000);
        try (var again = direct(node, "account")) {
            assertThat(run(again, above)).isEqualTo(State.DONE);
        }
        assertThat(chain.credited()).isEqualTo(100_000_000);
        assertThat(chain.nonce(chain.machineAccount)).isEqualTo(before + 2);
    }

    @Test
    void shouldSendTheSameBytesAfterAPowerCutBeforeTheBroadcast() throws Exception {
        var before = chain.nonce(chain.machineAccount);
        var newest = chain.receipt(3, 4_500_000);
        List<Payload> lost = new ArrayList<>();
        try (var first = direct(sendingTo(lost), "account")) {
            assertThat(first.step(now, LONG, Optional.of(newest), Optional.empty())
                            .state())
                    .isEqualTo(State.SENDING);
        }
        assertThat(lost).hasSize(1);
        assertThat(chain.nonce(chain.machineAccount)).isEqualTo(before);
        try (var second = direct(node, "account")) {
            assertThat(run(second, newest)).isEqualTo(State.DONE);
        }
        var receipt = chain.web3j
                .ethGetTransactionReceipt(
                        io.crema.contracts.crypto.Keccak.hash(lost.getFirst().bytes())
                                .hex())
                .send();
        assertThat(receipt.getTransactionReceipt()).as("these very bytes").isPresent();
        assertThat(chain.nonce(chain.machineAccount)).isEqualTo(before + 1);
        assertThat(chain.credited()).isEqualTo(4_500_000);
    }

    @Test
    void shouldAskForServiceOncePerFaultWhoeverAsksFirst() throws Exception {
        var before = chain.nonce(chain.machineAccount);
        var fault = MachineFault.of(chain.machine, "boiler-cold", 17, Hash.ZERO);
        try (var direct = direct(node, "account")) {
            assertThat(run(direct, Optional.empty(), Optional.of(fault))).isEqualTo(State.DONE);
            assertThat(chain.nonce(chain.machineAccount)).isEqualTo(before + 1);
            assertThat(run(direct, Optional.empty(), Optional.of(fault))).isEqualTo(State.DONE);
            assertThatThrownBy(() -> chain.platformRequests(fault)).hasMessageContaining("revert");

            var other = MachineFault.of(chain.machine, "boiler-cold", 99, Hash.ZERO);
            assertThat(run(direct, Optional.empty(), Optional.of(other)))
                    .as("one request of a machine at a time")
                    .isEqualTo(State.REFUSED);
            chain.platformRequests(other);
            assertThat(run(direct, Optional.empty(), Optional.of(other))).isEqualTo(State.DONE);
        }
        assertThat(chain.nonce(chain.machineAccount)).isEqualTo(before + 1);
    }

    @Test
    void shouldPayThePayeeWhenAStrangerSubmitsTheReceiptFile() throws Exception {
        var file = chain.receipt(12, 18_000_000).toJson();
        try (var submission = new ReceiptSubmission(NewestReceipt.fromJson(file), chain.stranger, node)) {
            var report = submission.step(now);
            for (var steps = 0; report.state() == State.SENDING && steps < 20; steps++) {
                report = submission.step(now.plusSeconds(steps));
            }
            assertThat(report.state()).isEqualTo(State.DONE);
        }
        assertThat(chain.credited()).isEqualTo(18_000_000);

        var forged = NewestReceipt.fromJson(file.replace("18000000", "19000000"));
        try (var submission = new ReceiptSubmission(forged, chain.stranger, node)) {
            assertThat(submission.step(now))
                    .isEqualTo(new DirectReport(
                            State.REFUSED, "Redeeming the newest receipt would be refused: WrongSigner."));
        }
    }

    @Test
    void shouldSayWhenItCannotPayAndWhenTheChainIsAnother() {
        var newest = chain.receipt(1, 1_500_000);
        var poor = SigningKey.fromHex("0x" + "99".repeat(32));
        try (var direct = new DirectSettlement(
                POLICY,
                chain.domains(),
                chain.machineKey,
                poor,
                () -> node,
                FileLog.open(dir.resolve("poor"), "log"))) {
            assertThat(direct.step(now, LONG, Optional.of(newest), Optional.empty())
                            .state())
                    .isIn(State.NO_FUNDS, State.REFUSED);
        }
        var domains = chain.domains();
        var elsewhere = io.crema.contracts.typed.Domains.of(
                4711,
                domains.payment().verifyingContract(),
                domains.rental().verifyingContract(),
                domains.maintenance().verifyingContract());
        try (var direct = new DirectSettlement(
                POLICY, elsewhere, chain.machineKey, poor, () -> node, FileLog.open(dir.resolve("other"), "log"))) {
            assertThat(direct.step(now, LONG, Optional.of(newest), Optional.empty()))
                    .satisfies(report -> {
                        assertThat(report.state()).isEqualTo(State.UNREACHABLE);
                        assertThat(report.sentence()).contains("4711");
                    });
        }
    }

    private DirectSettlement direct(ChainPort port, String folder) {
        return new DirectSettlement(
                POLICY,
                chain.domains(),
                chain.machineKey,
                chain.machineAccount,
                () -> port,
                FileLog.open(dir.resolve(folder), "account log"));
    }

    private State run(DirectSettlement direct, NewestReceipt newest) {
        return run(direct, Optional.of(newest), Optional.empty());
    }

    private State run(DirectSettlement direct, Optional<NewestReceipt> newest, Optional<MachineFault> fault) {
        var report = direct.step(now, LONG, newest, fault);
        for (var steps = 0; report.state() == State.SENDING && steps < 20; steps++) {
            now = now.plusSeconds(31);
            report = direct.step(now, LONG, newest, fault);
        }
        return report.state();
    }

    /** The chain, but broadcasts are kept from it. */
    private ChainPort sendingTo(List<Payload> lost) {
        return (ChainPort) Proxy.newProxyInstance(
                ChainPort.class.getClassLoader(), new Class<?>[] {ChainPort.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("send")) {
                        lost.add((Payload) arguments[0]);
                        return new SendResult.Unreachable("the power is gone");
                    }
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    try {
                        return method.invoke(node, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
