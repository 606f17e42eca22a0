package io.crema.settlement.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.ChainUnreachableException;
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
import io.crema.events.RedeemChannel;
import io.crema.events.TransactionStage;
import io.crema.events.TransactionStep;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.wire.RecordCodec;
import io.crema.settlement.SettlementStatus;
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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A log, a chain and processes that settle, driven by a test: each turn is a step, a block and a second. */
final class SettlerWorld {
    static final Domain DOMAIN = new Domain(31337, SimulatedChain.PAYMENT);
    static final List<TransactionSigner> SIGNERS = Stream.of("sender", "second", "third")
            .map(name ->
                    new TransactionSigner(SigningKey.of(TestIntents.hash(name).bytes()), 31337))
            .toList();
    private static final SigningKey CUSTOMER =
            SigningKey.of(TestIntents.hash("customer").bytes());
    private static final Address PAYEE = SIGNERS.getFirst().account();

    final Faults faults = new Faults(Integer.MAX_VALUE);
    final SimulatedLog log = new SimulatedLog(faults);
    final SimulatedChain chain = new SimulatedChain(faults);
    private final Set<Hash> published = new HashSet<>();
    private final Map<Long, Long> highest = new HashMap<>();
    SettlementPolicy policy = policy();
    List<TransactionSigner> signers = SIGNERS.subList(0, 1);
    Instant now = Instant.ofEpochSecond(1_800_000_000);

    @Nullable
    SettlementStatus status;

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
                    signers,
                    new SettlementContracts(SimulatedChain.PAYMENT, SimulatedChain.MAINTENANCE),
                    policy);
        }

        void step() {
            var fresh = List.copyOf(log.intents.subList(read, log.intents.size()));
            read = log.intents.size();
            status = settler.step(fresh, now).status();
        }
    }

    /** One turn; returns how often the process crashed in it. */
    int turn() {
        var crashes = step();
        if (crashes == 0) {
            chain.mine();
        }
        return crashes;
    }

    /** A second and a step, without a block. */
    int step() {
        now = now.plusSeconds(1);
        try {
            if (instance == null) {
                instance = new Instance();
            }
            instance.step();
        } catch (Faults.Crash crash) {
            instance = null;
            return 1;
        } catch (RefusedStartException e) {
            signers = SIGNERS;
        } catch (ChainUnreachableException e) {
            return 0;
        }
        return 0;
    }

    void turns(int count) {
        for (var turn = 0; turn < count; turn++) {
            turn();
        }
    }

    /** The process ends; the next turn starts another one. */
    void restart() {
        instance = null;
    }

    /** A second instance starts, acts, and the first, unaware, tries to go on. */
    void takeOver() {
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

    /** Somebody else who holds the first account's key uses its next nonce. */
    void intrude() {
        var fees = new Fees(BigInteger.valueOf(900), BigInteger.valueOf(1_000));
        var signer = SIGNERS.getFirst();
        chain.intrude(SignedTransaction.decode(signer.sign(
                        chain.count(signer.account()),
                        Call.of(List.of(Hash.ZERO), Address.ZERO, Payload.EMPTY, 21_000),
                        fees)
                .raw()));
    }

    /** The newest intent of the channel, submitted by somebody who is faster. */
    void redeemByStranger(long index) {
        var channel = channel(index);
        log.intents.stream()
                .map(record -> new IntentReader(1).read(record))
                .filter(intent -> intent.subject().equals(channel))
                .max(Comparator.comparing(intent -> intent.total().orElseThrow()))
                .ifPresent(intent -> chain.redeemByStranger(ContractCalls.redeem(List.of((RedeemIntent) intent))));
    }

    void settle() {
        faults.again(Integer.MAX_VALUE);
        chain.balance = BigInteger.TEN.pow(24);
        chain.balances.clear();
        chain.unreachable = false;
        chain.baseFee = BigInteger.TEN;
        turns(60);
        assertOutcomes();
        assertEffects();
    }

    Hash channel(long index) {
        return ChannelId.of(CUSTOMER.address(), PAYEE, index).value();
    }

    List<TransactionStep> steps(TransactionStage stage) {
        return log.steps.stream().filter(step -> step.getStage() == stage).toList();
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
            var redeemed = effects.getOrDefault(channel(index), List.of());
            if (index < SimulatedChain.REFUSING) {
                assertThat(redeemed).doesNotHaveDuplicates().isSorted().endsWith(BigInteger.valueOf(total));
            } else {
                assertThat(redeemed).isEmpty();
            }
        });
        assertThat(log.outcomes)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.DONE)
                .allSatisfy(outcome -> assertThat(effects).containsKey(Convert.hash(outcome.getSubject())));
        var prepared = steps(TransactionStage.PREPARED).stream()
                .filter(step -> step.getVersion() == 1 && !step.getIntents().isEmpty())
                .flatMap(step -> step.getIntents().stream())
                .map(part -> Convert.hash(part.getIntent()))
                .toList();
        if (steps(TransactionStage.REPLACED).isEmpty()) {
            assertThat(prepared).doesNotHaveDuplicates();
        }
    }

    void redeem(long index, long total) {
        publish(TestIntents.redeem(DOMAIN, CUSTOMER.address(), PAYEE, index, total, 1, CUSTOMER));
    }

    /** One that goes whatever the gas costs. */
    void redeemNow(long index, long total) {
        publish(RedeemChannel.newBuilder(
                        TestIntents.redeem(DOMAIN, CUSTOMER.address(), PAYEE, index, total, 1, CUSTOMER))
                .setUrgent(true)
                .build());
    }

    /** One that is not urgent before its deadline is near. */
    void redeemBy(long index, long total, Instant deadline) {
        publish(RedeemChannel.newBuilder(
                        TestIntents.redeem(DOMAIN, CUSTOMER.address(), PAYEE, index, total, 1, CUSTOMER))
                .setDeadline(deadline)
                .build());
    }

    private void publish(RedeemChannel record) {
        if (published.add(Convert.hash(record.getIntent()))) {
            highest.merge(record.getIndex(), record.getReceipt().getSequence(), Math::max);
            log.publish(record.getChannel().bytes(), RecordCodec.perThread().encode(record), now);
        }
    }

    void service(String fault) {
        var record = TestIntents.service(MachineId.of(PAYEE, "CM-1"), fault, 1);
        if (published.add(Convert.hash(record.getIntent()))) {
            log.publish(record.getRequest().bytes(), RecordCodec.perThread().encode(record), now);
        }
    }

    private static SettlementPolicy policy() {
        var fees = new FeePolicy(BigInteger.ONE, BigInteger.valueOf(100_000), 125, Duration.ofSeconds(3), 30);
        return SettlementPolicy.of(new TransactionPolicy(fees, 3, Duration.ofSeconds(1), 4))
                .withBatches(Duration.ofSeconds(1), 3)
                .withLowBalance(BigInteger.ZERO);
    }
}
