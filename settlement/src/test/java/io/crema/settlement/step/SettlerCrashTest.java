package io.crema.settlement.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.FeePolicy;
import io.crema.chain.transactions.Fees;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SignedTransaction;
import io.crema.chain.transactions.TransactionPolicy;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.TransactionStage;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.wire.RecordCodec;
import io.crema.settlement.TestIntents;
import io.crema.settlement.contract.ContractCalls;
import io.crema.settlement.intent.IntentReader;
import io.crema.settlement.intent.RedeemIntent;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever ends the process, and wherever: each effect comes about at most once, and each intent has one outcome. */
final class SettlerCrashTest {
    private static final Domain DOMAIN = new Domain(31337, SimulatedChain.PAYMENT);
    private static final SigningKey SENDER =
            SigningKey.of(TestIntents.hash("sender").bytes());
    private static final SigningKey CUSTOMER =
            SigningKey.of(TestIntents.hash("customer").bytes());
    private static final Address PAYEE = SENDER.address();
    private static final TransactionSigner SIGNER = new TransactionSigner(SENDER, 31337);
    private static final SettlementPolicy POLICY = policy();

    private final Faults faults = new Faults(Integer.MAX_VALUE);
    private final SimulatedLog log = new SimulatedLog(faults);
    private final SimulatedChain chain = new SimulatedChain(faults);
    private final Set<Hash> published = new HashSet<>();
    private final Map<Long, Long> highest = new HashMap<>();
    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private @Nullable Instance instance;

    /** A process: its settler, and how far its consumer is. */
    private final class Instance {
        private final Settler settler;
        private int read;

        Instance() {
            var writer = log.open();
            var recovered = log.recover();
            var from = recovered.positions().getOrDefault(0, Position.START).offset();
            read = log.intents.size() - log.from(from).size();
            settler = new Settler(
                    recovered,
                    new IntentReader(1),
                    writer,
                    chain,
                    chain,
                    SIGNER,
                    new SettlementContracts(SimulatedChain.PAYMENT, SimulatedChain.MAINTENANCE),
                    POLICY);
        }

        void step() {
            var fresh = List.copyOf(log.intents.subList(read, log.intents.size()));
            read = log.intents.size();
            settler.step(fresh, now);
        }
    }

    @Test
    void shouldEndWellWhereverItCrashesOnce() {
        var crashes = 0;
        for (var at = 0; at < 200; at++) {
            var test = new SettlerCrashTest();
            test.faults.again(at);
            crashes += test.story();
        }
        assertThat(crashes).isGreaterThan(40);
    }

    /** Returns how often it crashed. */
    private int story() {
        redeem(1, 100);
        redeem(2, 200);
        redeem(SimulatedChain.REFUSING, 50);
        service("no water");
        var crashes = 0;
        for (var turn = 0; turn < 12; turn++) {
            crashes += turn();
            if (turn == 2) {
                redeem(1, 150);
                redeem(3, 10);
            }
            if (turn == 4) {
                chain.reorganise(2, true);
            }
        }
        settle();
        return crashes;
    }

    @Test
    void shouldNotTakeAnEffectForDoneThatCanStillLeaveTheChain() {
        redeem(1, 100);
        turn();
        redeemByStranger(1);
        chain.mine();
        turn();
        chain.reorganise(2, true);
        settle();
    }

    @Property(tries = 300)
    void shouldEndWellWhateverHappens(@ForAll long seed) {
        var random = new Random(seed);
        var test = new SettlerCrashTest();
        for (var turn = 0; turn < 40; turn++) {
            switch (random.nextInt(13)) {
                case 0, 1, 2 -> test.redeem(1 + random.nextInt(6), 1 + random.nextInt(20));
                case 3 -> test.redeem(SimulatedChain.REFUSING + random.nextInt(2), 1 + random.nextInt(20));
                case 4 -> test.service("fault " + random.nextInt(3));
                case 5 -> test.faults.again(random.nextInt(12));
                case 6 -> test.chain.reorganise(1 + random.nextInt(2), random.nextBoolean());
                case 7 -> test.chain.forgetPool();
                case 8 -> test.intrude();
                case 9 -> test.chain.baseFee = BigInteger.valueOf(5 + random.nextInt(40));
                case 10 -> test.takeOver();
                case 11 -> test.redeemByStranger(1 + random.nextInt(6));
                default -> test.chain.balance = BigInteger.TEN.pow(random.nextInt(4) == 0 ? 3 : 24);
            }
            test.turn();
        }
        test.settle();
    }

    private int turn() {
        now = now.plusSeconds(1);
        try {
            if (instance == null) {
                instance = new Instance();
            }
            instance.step();
            chain.mine();
            return 0;
        } catch (Faults.Crash crash) {
            instance = null;
            return 1;
        }
    }

    /** A second instance starts, acts, and the first, unaware, tries to go on. */
    private void takeOver() {
        var zombie = instance;
        instance = null;
        turn();
        if (zombie != null) {
            try {
                zombie.step();
            } catch (FencedException | Faults.Crash e) {
                return;
            }
        }
    }

    private void intrude() {
        var nonce = chain.count();
        var fees = new Fees(BigInteger.valueOf(900), BigInteger.valueOf(1_000));
        chain.intrude(SignedTransaction.decode(
                SIGNER.sign(nonce, Call.of(List.of(Hash.ZERO), Address.ZERO, Payload.EMPTY, 21_000), fees)
                        .raw()));
    }

    /** The newest intent of the channel, submitted by somebody who is faster. */
    private void redeemByStranger(long index) {
        var channel = ChannelId.of(CUSTOMER.address(), PAYEE, index);
        log.intents.stream()
                .map(record -> new IntentReader(1).read(record))
                .filter(intent -> intent.subject().equals(channel.value()))
                .max(Comparator.comparing(intent -> intent.total().orElseThrow()))
                .ifPresent(intent -> chain.redeemByStranger(ContractCalls.redeem(List.of((RedeemIntent) intent))));
    }

    private void settle() {
        faults.again(Integer.MAX_VALUE);
        chain.balance = BigInteger.TEN.pow(24);
        chain.baseFee = BigInteger.TEN;
        for (var turn = 0; turn < 60; turn++) {
            turn();
        }
        assertOutcomes();
        assertEffects();
    }

    private void assertOutcomes() {
        assertThat(log.outcomes)
                .extracting(outcome -> Convert.hash(outcome.getIntent()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(published);
        assertThat(log.outcomes).extracting(Outcome::getKind).doesNotContain(OutcomeKind.FAILED, OutcomeKind.UNKNOWN);
        assertThat(log.refusals).isEmpty();
    }

    private void assertEffects() {
        var effects = chain.effects();
        highest.forEach((index, total) -> {
            var channel = ChannelId.of(CUSTOMER.address(), PAYEE, index);
            var redeemed = effects.getOrDefault(channel.value(), List.of());
            if (index < SimulatedChain.REFUSING) {
                assertThat(redeemed).doesNotHaveDuplicates().isSorted().endsWith(BigInteger.valueOf(total));
            } else {
                assertThat(redeemed).isEmpty();
            }
        });
        assertThat(log.outcomes)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.DONE)
                .allSatisfy(outcome -> assertThat(effects).containsKey(Convert.hash(outcome.getSubject())));
        var replaced = log.steps.stream()
                .filter(step -> step.getStage() == TransactionStage.REPLACED)
                .count();
        var prepared = log.steps.stream()
                .filter(step -> step.getStage() == TransactionStage.PREPARED
                        && step.getVersion() == 1
                        && !step.getIntents().isEmpty())
                .flatMap(step -> step.getIntents().stream())
                .map(part -> Convert.hash(part.getIntent()))
                .toList();
        if (replaced == 0) {
            assertThat(prepared).doesNotHaveDuplicates();
        }
    }

    private void redeem(long index, long total) {
        var record = TestIntents.redeem(DOMAIN, CUSTOMER.address(), PAYEE, index, total, 1, CUSTOMER);
        if (published.add(Convert.hash(record.getIntent()))) {
            highest.merge(index, total, Math::max);
            log.publish(record.getChannel().bytes(), RecordCodec.perThread().encode(record));
        }
    }

    private void service(String fault) {
        var record = TestIntents.service(MachineId.of(PAYEE, "CM-1"), fault, 1);
        if (published.add(Convert.hash(record.getIntent()))) {
            log.publish(record.getRequest().bytes(), RecordCodec.perThread().encode(record));
        }
    }

    private static SettlementPolicy policy() {
        var fees = new FeePolicy(BigInteger.ONE, BigInteger.valueOf(100_000), 125, Duration.ofSeconds(3), 30);
        var usual = SettlementPolicy.of(new TransactionPolicy(fees, 3, Duration.ofSeconds(1), 4));
        return new SettlementPolicy(
                usual.transactions(),
                Duration.ofSeconds(1),
                3,
                usual.deadlineMargin(),
                usual.tokenPerEther(),
                usual.patientBaseFee(),
                usual.holdFor(),
                usual.lowBalance());
    }
}
