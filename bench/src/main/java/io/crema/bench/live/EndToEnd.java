package io.crema.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.bench.Settings;
import io.crema.bench.live.Latencies.Spread;
import io.crema.bench.throughput.Fleet;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelBalance;
import io.crema.events.ReceiptRun;
import io.crema.platform.ChildJvm;
import io.crema.platform.EmbeddedPostgres;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How long a receipt takes from the machine's client to a committed balance, as a consumer sees it and as a reader of the
 * API's stream does, with all services at work. Baseline: the same receipts passed through, exactly once, by a topology
 * that does nothing.
 */
public final class EndToEnd {
    private static final String HOW =
            "milliseconds from the time at which a receipt was due, open loop; broker, streams, PostgreSQL, projections, machines and readers on one machine";
    private static final int PASSED = 0;
    private static final int CONSUMER = 1;
    private static final int STREAM = 2;

    /** So long a service may compile before it is measured. */
    private static final int WARM_UP_SECONDS = 15;

    /** Badges change from known to unknown: some receipts are not counted. */
    private static final int BETWEEN_SECONDS = 2;

    private final Path folder;
    private final int rate;
    private final int seconds;
    private final int warmUp;
    private final Fleet fleet;

    /**
     * What was measured.
     *
     * @param passThrough the baseline
     * @param consumerWarm each badge was checked before
     * @param consumerCold each receipt comes with a badge that the process has not seen
     * @param streamWarm what a reader of server-sent events saw of the same receipts
     * @param coresWarm how many cores each process kept busy; load stands for this one, with its two readers
     * @param worstSendMillis how far behind its time a receipt was sent at worst
     * @param resets how often the stream told its reader to begin anew
     */
    public record Figures(
            String how,
            int channels,
            int perSecond,
            int seconds,
            Spread passThrough,
            Spread consumerWarm,
            Spread consumerCold,
            Spread streamWarm,
            Spread streamCold,
            double p50ByPassThrough,
            Map<String, Double> coresWarm,
            Map<String, Double> coresCold,
            double worstSendMillis,
            int resets) {}

    private EndToEnd(Path folder, int channels, int rate, int seconds) {
        this.folder = folder;
        this.rate = rate;
        this.seconds = seconds;
        this.warmUp = Math.min(WARM_UP_SECONDS, 2 * seconds);
        this.fleet = new Fleet(channels);
    }

    /** 10,000 channels at 1,000 receipts per second, each of the three measured windows 30 s, unless told otherwise. */
    public static Figures measure(Settings settings, Path folder) throws Exception {
        return new EndToEnd(
                        folder,
                        settings.choose(settings.channels(), 10_000, 1_000),
                        settings.choose(settings.rate(), 1_000, 200),
                        settings.choose(settings.seconds(), 30, 3))
                .measure();
    }

    private Figures measure() throws Exception {
        var warm = Math.max(fleet.channels(), (long) rate * (warmUp + seconds)) + (long) rate * (warmUp + seconds);
        var cold = (long) rate * (BETWEEN_SECONDS + seconds);
        System.err.printf("crema: signing %,d receipts%n", warm + cold);
        try (var load = new SignedLoad(fleet, folder.resolve("load"), warm, cold);
                var site = new Site(folder, fleet)) {
            var latencies = new Latencies(Math.toIntExact(warm + cold), 3);
            try (var loop = new OpenLoop(site.bootstrapServers(), load, latencies)) {
                var passed = passThrough(site, load, loop, latencies);
                return ours(site, load, loop, latencies, passed);
            }
        }
    }

    private Spread passThrough(Site site, SignedLoad load, OpenLoop loop, Latencies latencies) throws Exception {
        System.err.println("crema: passing through");
        try (var child = site.start("pass-through", "pass-through", Map.of());
                var _ = new Reader(
                        site.bootstrapServers(),
                        List.of(ServiceProcess.PASSED),
                        record -> passed(site, load, latencies, record))) {
            child.awaitReady(Site.PATIENCE);
            loop.send((long) rate * warmUp, rate);
            var spread = window(load, loop, latencies, PASSED);
            // each badge has been seen before our own windows
            loop.send(Math.max(0, fleet.channels() - load.position()), rate * 2);
            return spread;
        }
    }

    private Figures ours(Site site, SignedLoad load, OpenLoop loop, Latencies latencies, Spread passed)
            throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
                var streams = site.start("streams", "streams", Map.of());
                var projections =
                        site.start("projections", "projections", Map.of("CREMA_JDBC_URL", postgres.jdbcUrl()));
                var _ = new Reader(
                        site.bootstrapServers(),
                        List.of(Topic.BALANCES.topicName()),
                        record -> balance(site, load, latencies, record))) {
            streams.awaitReady(Site.PATIENCE);
            var before = load.position();
            System.err.println("crema: folding what the baseline has left");
            Site.await("the balances are up to date", () -> latencies.count(CONSUMER) >= before);
            try (var reader =
                    new SseReader(uri(projections), balance -> balance(site, load, latencies, balance, before))) {
                var cores = new Cores()
                        .add("load", ProcessHandle.current().pid())
                        .add("broker", site.brokerPid())
                        .add("streams", streams.pid())
                        .add("projections", projections.pid())
                        .add("postgres", postgres.pid());
                System.err.println("crema: with known badges");
                loop.send((long) rate * warmUp, rate);
                var from = load.position();
                cores.begin();
                loop.send((long) rate * seconds, rate);
                var coresWarm = cores.busy();
                var to = load.position();
                settle(latencies, to, to - before);
                var consumerWarm = latencies.spread(CONSUMER, from, to);
                var streamWarm = latencies.spread(STREAM, from, to);
                System.err.println("crema: with badges never seen");
                loop.send(load.left() - (long) rate * seconds, rate);
                var cold = load.position();
                cores.begin();
                loop.send((long) rate * seconds, rate);
                var coresCold = cores.busy();
                var end = load.position();
                settle(latencies, end, end - before);
                var consumerCold = latencies.spread(CONSUMER, cold, end);
                return new Figures(
                        HOW,
                        fleet.channels(),
                        rate,
                        seconds,
                        passed,
                        consumerWarm,
                        consumerCold,
                        streamWarm,
                        latencies.spread(STREAM, cold, end),
                        Math.round(100 * consumerWarm.p50() / passed.p50()) / 100.0,
                        coresWarm,
                        coresCold,
                        loop.latestMillis(),
                        reader.resets());
            }
        }
    }

    private Spread window(SignedLoad load, OpenLoop loop, Latencies latencies, int reader) throws IOException {
        var from = load.position();
        loop.send((long) rate * seconds, rate);
        var to = load.position();
        Site.await("the last receipt is seen", () -> latencies.count(reader) >= to);
        return latencies.spread(reader, from, to);
    }

    /** What is never seen is told as missing, and not waited for without end. */
    private static void settle(Latencies latencies, long balances, long streamed) {
        Site.await("the last balance is seen", () -> latencies.count(CONSUMER) >= balances);
        var deadline = System.nanoTime() + 10_000_000_000L;
        Site.await(
                "the last balance is streamed",
                () -> latencies.count(STREAM) >= streamed || System.nanoTime() > deadline);
    }

    private static URI uri(ChildJvm projections) {
        var port = projections.awaitReady(Site.PATIENCE).substring(ServiceProcess.READY.length());
        return URI.create("http://127.0.0.1:" + port);
    }

    private static void passed(Site site, SignedLoad load, Latencies latencies, ConsumerRecord<byte[], byte[]> record) {
        var now = System.nanoTime();
        var run = RecordCodec.perThread().decode(record.value(), ReceiptRun.class);
        var sequence = run.getReceipts().getLast().getSequence();
        latencies.seen(PASSED, load.index(site.channel(record.key()), sequence), now);
    }

    private static void balance(
            Site site, SignedLoad load, Latencies latencies, ConsumerRecord<byte[], byte[]> record) {
        var now = System.nanoTime();
        var balance = RecordCodec.perThread().decode(record.value(), ChannelBalance.class);
        seenUpTo(latencies, CONSUMER, load, site.channel(record.key()), balance.getReceipts(), 0, now);
    }

    private static void balance(Site site, SignedLoad load, Latencies latencies, JsonNode balance, long from) {
        var now = System.nanoTime();
        var channel = site.channel(ChannelId.fromHex(balance.required("id").textValue()));
        seenUpTo(latencies, STREAM, load, channel, balance.required("receipts").longValue(), from, now);
    }

    /** A balance tells of all receipts up to its newest; those before {@code from} do not count. */
    private static void seenUpTo(
            Latencies latencies, int reader, SignedLoad load, int channel, long newest, long from, long now) {
        for (var sequence = newest; sequence > 0; sequence--) {
            var receipt = load.index(channel, sequence);
            if (receipt < from || !latencies.seen(reader, receipt, now)) {
                return;
            }
        }
    }
}
