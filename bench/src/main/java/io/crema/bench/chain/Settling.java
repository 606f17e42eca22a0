package io.crema.bench.chain;

import io.crema.bench.Settings;
import io.crema.bench.live.Reader;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.Fees;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Hex;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.settlement.SettlementConfig;
import io.crema.settlement.SettlementService;
import io.crema.settlement.SettlementStatus;
import io.crema.settlement.contract.ContractCalls;
import io.crema.settlement.step.SettlementPolicy;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Intents in the log until their final outcomes are in the log, over a real chain with a block each second. Baseline:
 * transactions signed beforehand and sent to the same chain as fast as it takes them, each redeeming one channel.
 */
public final class Settling {
    private static final String HOW =
            "redemptions signed by an employee with a badge; one block each second, one confirmation; from the first record of an intent to the last committed outcome; broker and chain in processes of their own on the same machine";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int RAW_AT_ONCE = 100;
    private static final long GAS_LIMIT = 200_000;
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);
    private static final int CONFIRMATIONS = 1;

    private final TestChain chain;
    private final String bootstrapServers;
    private final Redemptions redemptions;
    private long settled;

    /**
     * One way to redeem.
     *
     * @param seconds from the first to the last
     * @param gasPerRedemption over all blocks meanwhile
     * @param done how many outcomes say that it is done
     */
    public record Leg(
            String how,
            int redemptions,
            long done,
            long transactions,
            double seconds,
            double perSecond,
            long gasPerRedemption) {}

    /**
     * What was measured.
     *
     * @param singleByRaw redemptions per second by those of the baseline, one in each transaction
     * @param batchedByRaw the same, up to a hundred in each transaction
     */
    public record Figures(String how, Leg raw, Leg single, Leg batched, double singleByRaw, double batchedByRaw) {}

    private Settling(TestChain chain, String bootstrapServers) {
        this.chain = chain;
        this.bootstrapServers = bootstrapServers;
        this.redemptions = new Redemptions(chain, InstantSource.system().instant());
    }

    /** 10,000 intents, and ten times as many for batches, unless told otherwise. */
    public static Figures measure(Settings settings, Path folder) throws Exception {
        var intents = settings.choose(settings.intents(), 10_000, 300);
        try (var ground = new Ground(folder)) {
            return new Settling(ground.chain(), ground.bootstrapServers()).measure(intents, 10 * intents);
        }
    }

    private Figures measure(int intents, int batched) throws Exception {
        var usual = SettlementConfig.of(
                bootstrapServers,
                Ground.PARTITIONS,
                chain.contracts().chainId(),
                chain.url(),
                chain.contracts().paymentProvider(),
                chain.contracts().maintenanceProvider(),
                CONFIRMATIONS);
        // in the chain, so that what comes first is not measured as starting up
        var warmUp = Math.min(1_000, intents / 10);
        chain.fund(1, 1 + 2L * warmUp + 2L * intents + batched);
        var next = 1L;
        raw(next, warmUp, chain.key(3));
        next += warmUp;
        var raw = raw(next, intents, chain.key(4));
        System.err.println("crema: " + raw);
        next += intents;
        settle("warm-up", usual.with(rows(usual.policy(), 1)), next, warmUp);
        next += warmUp;
        var single = settle("one in each transaction", usual.with(rows(usual.policy(), 1)), next, intents);
        System.err.println("crema: " + single);
        next += intents;
        var batches = settle("in batches", usual, next, batched);
        System.err.println("crema: " + batches);
        return new Figures(HOW, raw, single, batches, ratio(single, raw), ratio(batches, raw));
    }

    private Leg raw(long from, int count, SigningKey account) throws IOException, InterruptedException {
        var signer = new TransactionSigner(account, chain.contracts().chainId());
        var fees = new Fees(GWEI, GWEI.multiply(BigInteger.valueOf(500)));
        List<String> raw = new ArrayList<>(count);
        for (var i = 0; i < count; i++) {
            var intent = redemptions.intent(from + i);
            var call = Call.of(
                    List.of(intent.id()),
                    chain.contracts().paymentProvider(),
                    ContractCalls.redeem(List.of(intent)),
                    GAS_LIMIT);
            raw.add(Hex.encode(signer.sign(i, call, fees).raw().bytes()));
        }
        var block = chain.rpc().number("eth_blockNumber");
        var start = System.nanoTime();
        chain.send(raw, RAW_AT_ONCE);
        chain.awaitNonce(account, count);
        return leg("pre-signed, one in each transaction", from, count, count, account, start, 0, block);
    }

    /** One account for all: another one would look at all intents of before once more. */
    private Leg settle(String how, SettlementConfig config, long from, int count) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(count);
        for (var i = 0; i < count; i++) {
            var record = redemptions.record(from + i);
            records.add(new ProducerRecord<>(
                    Topic.INTENTS.topicName(),
                    record.getChannel().bytes(),
                    RecordCodec.perThread().encode(Topic.INTENTS, record)));
        }
        var ended = new AtomicLong();
        var done = new AtomicLong();
        try (var service = new SettlementService(config, chain.key(5)).start();
                var producer = producer();
                var _ = new Reader(bootstrapServers, List.of(Topic.OUTCOMES.topicName()), record -> {
                    var outcome = RecordCodec.perThread().decode(record.value(), Outcome.class);
                    ended.incrementAndGet();
                    done.addAndGet(outcome.getKind() == OutcomeKind.DONE ? 1 : 0);
                })) {
            await("settlement runs", () -> service.status().state() == SettlementStatus.State.RUNNING);
            await("the outcomes of before are read", () -> ended.get() >= settled);
            var doneBefore = done.get();
            var block = chain.rpc().number("eth_blockNumber");
            var nonce = nonce(chain.key(5));
            var start = System.nanoTime();
            records.forEach(record -> {
                var _ = producer.send(record);
            });
            settled += count;
            await("all outcomes are there", () -> ended.get() >= settled);
            return leg(how, from, count, done.get() - doneBefore, chain.key(5), start, nonce, block);
        }
    }

    private Leg leg(String how, long from, int count, long done, SigningKey account, long start, long nonce, long block)
            throws IOException, InterruptedException {
        var seconds = (System.nanoTime() - start) / 1e9;
        var gas = 0L;
        var newest = chain.rpc().number("eth_blockNumber");
        for (var number = block + 1; number <= newest; number++) {
            gas += Rpc.number(chain.rpc()
                    .call("eth_getBlockByNumber", Rpc.hex(number), false)
                    .get("gasUsed"));
        }
        if (!chain.redeemed(chain.channel(from + count - 1)).equals(Redemptions.TOTAL.value())) {
            throw new IllegalStateException("the last channel of '%s' is not redeemed".formatted(how));
        }
        return new Leg(
                how,
                count,
                done,
                nonce(account) - nonce,
                Math.round(seconds * 100) / 100.0,
                Math.round(count / seconds),
                gas / count);
    }

    private long nonce(SigningKey account) throws IOException, InterruptedException {
        return chain.rpc().number("eth_getTransactionCount", account.address().hex(), "latest");
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static SettlementPolicy rows(SettlementPolicy policy, int rows) {
        return policy.withBatches(policy.gatherFor(), rows);
    }

    private static double ratio(Leg ours, Leg raw) {
        return Math.round(100 * ours.perSecond() / raw.perSecond()) / 100.0;
    }

    private static void await(String what, BooleanSupplier reached) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited %d s in vain until %s".formatted(PATIENCE.toSeconds(), what));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
