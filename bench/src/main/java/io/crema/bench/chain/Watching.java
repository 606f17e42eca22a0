package io.crema.bench.chain;

import io.crema.bench.Settings;
import io.crema.bench.live.Reader;
import io.crema.events.ChainCheckpoint;
import io.crema.events.ChannelToppedUp;
import io.crema.ingest.IngestConfig;
import io.crema.ingest.IngestService;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A chain's past into the log: from the start of ingest until its checkpoint is behind the last log. Baseline: the same
 * ranges of blocks asked for and read from the same node, as bytes that nobody looks at.
 */
public final class Watching {
    private static final String HOW =
            "chain and broker in processes of their own on the same machine; each log decoded, keyed and committed with its checkpoint";
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Beyond the watcher's memory of recent blocks: all logs are far below the newest block. */
    private static final int EMPTY_BLOCKS = 300;

    private static final int LOOKS_AT_MEMORY = 12;

    private final TestChain chain;
    private final String bootstrapServers;
    private final int logs;

    /**
     * What was measured.
     *
     * @param makingSeconds how long it took to bring the logs on chain
     * @param ranges how many requests for logs the backfill took
     * @param rawPerSecond logs per second of the baseline
     * @param parsedPerSecond the same ranges, each answer parsed as JSON, on one thread
     * @param seconds from the start of ingest, less the collections that were asked for to look at the memory
     * @param byRaw the watcher's rate by the baseline's
     * @param liveMiB the heap in use after a full collection, from a tenth of the backfill on
     * @param missing logs that are not in the log
     * @param twice logs that are there more than once
     */
    public record Figures(
            String how,
            int logs,
            int logsPerBlock,
            double makingSeconds,
            int ranges,
            double seconds,
            double perSecond,
            double rawPerSecond,
            double parsedPerSecond,
            double byRaw,
            List<Double> liveMiB,
            double liveMiBSpread,
            long missing,
            long twice) {}

    private record Range(long from, long to) {}

    private Watching(TestChain chain, String bootstrapServers, int logs) {
        this.chain = chain;
        this.bootstrapServers = bootstrapServers;
        this.logs = logs;
    }

    /** 1,000,000 logs, unless told otherwise. */
    public static Figures measure(Settings settings, Path folder) throws Exception {
        var logs = settings.choose(settings.logs(), 1_000_000, 20_000);
        try (var ground = new Ground(folder)) {
            return new Watching(ground.chain(), ground.bootstrapServers(), logs).measure();
        }
    }

    private Figures measure() throws Exception {
        System.err.printf("crema: making %,d logs%n", logs);
        var making = System.nanoTime();
        chain.rpc().call("evm_setIntervalMining", 0);
        new Emitter(
                        chain.rpc(),
                        chain.contracts().paymentProvider(),
                        chain.key(9).address().hex())
                .emit(logs);
        var last = chain.rpc().number("eth_blockNumber");
        chain.rpc().call("anvil_mine", Rpc.hex(EMPTY_BLOCKS));
        var made = seconds(making);
        System.err.printf("crema: made in %.1f s; the watcher reads%n", made);
        var memory = new Memory();
        var watched = watch(last, memory);
        System.err.printf("crema: read in %.1f s%n", watched);
        var ranges = new ArrayList<Range>();
        var seen = new BitSet(logs);
        var twice = new AtomicLong();
        read(last, ranges, seen, twice);
        System.err.printf("crema: the node alone answers %d ranges%n", ranges.size());
        var raw = ask(ranges, false);
        var parsed = ask(ranges, true);
        return new Figures(
                HOW,
                logs,
                Emitter.LOGS_PER_BLOCK,
                rounded(made),
                ranges.size(),
                rounded(watched),
                Math.round(logs / watched),
                Math.round(logs / raw),
                Math.round(logs / parsed),
                rounded(raw / watched),
                memory.live(),
                memory.spread(),
                logs - seen.cardinality(),
                twice.get());
    }

    private double watch(long last, Memory memory) throws InterruptedException {
        var first = chain.contracts().deploymentBlock();
        var start = System.nanoTime();
        try (var service = new IngestService(config())) {
            service.start();
            for (var look = 1; look <= LOOKS_AT_MEMORY; look++) {
                var until = first + (last - first) * look / LOOKS_AT_MEMORY;
                var deadline = System.nanoTime() + PATIENCE.toNanos();
                while (service.status().published() < until) {
                    if (System.nanoTime() > deadline) {
                        throw new IllegalStateException("ingest came no further: " + service.status());
                    }
                    LockSupport.parkNanos(5_000_000);
                }
                if (look > 1 && look < LOOKS_AT_MEMORY) {
                    memory.look();
                }
            }
            return seconds(start) - memory.seconds();
        }
    }

    private IngestConfig config() {
        var contracts = chain.contracts();
        return IngestConfig.fromEnvironment(Map.ofEntries(
                Map.entry("CREMA_BOOTSTRAP_SERVERS", bootstrapServers),
                Map.entry("CREMA_CHAIN_ID", Long.toString(contracts.chainId())),
                Map.entry("CREMA_RPC_URLS", chain.url()),
                Map.entry("CREMA_PAYMENT_PROVIDER", contracts.paymentProvider().hex()),
                Map.entry(
                        "CREMA_IDENTITY_PROVIDER", contracts.identityProvider().hex()),
                Map.entry("CREMA_RENTAL_PROVIDER", contracts.rentalProvider().hex()),
                Map.entry(
                        "CREMA_MAINTENANCE_PROVIDER",
                        contracts.maintenanceProvider().hex()),
                Map.entry("CREMA_SUPPLY_PROVIDER", contracts.supplyProvider().hex()),
                Map.entry("CREMA_DEPLOYMENT_BLOCK", Long.toString(contracts.deploymentBlock()))));
    }

    /** What the watcher has written: the ranges by its checkpoints, and each log once. */
    private void read(long last, List<Range> ranges, BitSet seen, AtomicLong twice) throws InterruptedException {
        var reached = new CountDownLatch(2);
        var count = new AtomicLong();
        var before = new AtomicLong();
        try (var _ = new Reader(bootstrapServers, List.of(Topic.CHAIN_CHECKPOINTS.topicName()), record -> {
                    var checkpoint = RecordCodec.perThread().decode(record.value(), ChainCheckpoint.class);
                    var to = checkpoint.getBlockNumber();
                    if (before.get() != 0 && reached.getCount() > 0 && before.get() < last) {
                        ranges.add(new Range(before.get() + 1, to));
                    }
                    if (before.get() < last && to >= last) {
                        reached.countDown();
                    }
                    before.set(to);
                });
                var _ = new Reader(bootstrapServers, List.of(Topic.CHAIN_CHANNELS.topicName()), record -> {
                    var toppedUp = RecordCodec.perThread().decode(record.value(), ChannelToppedUp.class);
                    var number = new BigInteger(1, toppedUp.getChannel().bytes()).intValueExact();
                    twice.addAndGet(seen.get(number) ? 1 : 0);
                    seen.set(number);
                    if (count.incrementAndGet() == logs) {
                        reached.countDown();
                    }
                })) {
            if (!reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("of %d logs %d are in the log".formatted(logs, count.get()));
            }
        }
    }

    /** @return seconds */
    private double ask(List<Range> ranges, boolean parse) throws IOException, InterruptedException {
        var contracts = chain.contracts();
        var addresses = List.of(
                contracts.paymentProvider().hex(),
                contracts.identityProvider().hex(),
                contracts.rentalProvider().hex(),
                contracts.maintenanceProvider().hex(),
                contracts.supplyProvider().hex());
        var start = System.nanoTime();
        var bytes = 0L;
        for (var range : ranges) {
            var filter =
                    Map.of("fromBlock", Rpc.hex(range.from()), "toBlock", Rpc.hex(range.to()), "address", addresses);
            if (parse) {
                var _ = chain.rpc().tokens("eth_getLogs", filter);
            } else {
                bytes += chain.rpc().bytes("eth_getLogs", filter);
            }
        }
        System.err.printf("crema: %,d bytes%n", bytes);
        return seconds(start);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
