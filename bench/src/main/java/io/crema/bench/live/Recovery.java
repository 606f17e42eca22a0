package io.crema.bench.live;

import io.crema.bench.Settings;
import io.crema.bench.live.Latencies.Spread;
import io.crema.bench.throughput.Fleet;
import io.crema.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Two processes fold channels under load; one is killed without a word, and the other takes over what was its part. Then
 * every channel's balance is compared with what was sold, and every receipt must have been accepted once.
 */
public final class Recovery {
    private static final String HOW =
            "lag = receipts sent less receipts in committed balances, seen by a consumer; SIGKILL after a third of the load; both processes on one machine with the broker";
    private static final long LOOK_NANOS = 50_000_000;

    /** The lag before the kill is looked at for so long. */
    private static final int BEFORE_SECONDS = 5;

    private final Path folder;
    private final int rate;
    private final int seconds;
    private final Fleet fleet;

    /**
     * What was measured.
     *
     * @param lagBefore the largest in the last seconds before the kill: what is always under way
     * @param lagPeak the largest after it
     * @param recoveredSeconds from the kill until the lag was for good at most what it was before, or half a second of the
     *     load; -1 when it was above that at the end of the load
     * @param drainedSeconds from the end of the load until all receipts were in the balances
     * @param latency of all receipts that were due from the kill on, in milliseconds
     */
    public record Figures(
            String how,
            int channels,
            int perSecond,
            int seconds,
            long receipts,
            long lagBefore,
            long lagPeak,
            double recoveredSeconds,
            double drainedSeconds,
            Spread latency,
            Books.Comparison books) {}

    private Recovery(Path folder, int channels, int rate, int seconds) {
        this.folder = folder;
        this.rate = rate;
        this.seconds = seconds;
        this.fleet = new Fleet(channels);
    }

    /** 100,000 channels at 5,000 receipts per second for 60 s, unless told otherwise. */
    public static Figures measure(Settings settings, Path folder) throws Exception {
        return new Recovery(
                        folder,
                        settings.choose(settings.channels(), 100_000, 1_000),
                        settings.choose(settings.rate(), 5_000, 200),
                        settings.choose(settings.seconds(), 60, 30))
                .measure();
    }

    private Figures measure() throws Exception {
        var receipts = fleet.channels() + (long) rate * seconds;
        System.err.printf("crema: signing %,d receipts%n", receipts);
        try (var load = new SignedLoad(fleet, folder.resolve("load"), receipts, 0);
                var site = new Site(folder, fleet)) {
            var latencies = new Latencies(Math.toIntExact(receipts), 1);
            var books = new Books(site, load, latencies);
            try (var loop = new OpenLoop(site.bootstrapServers(), load, latencies);
                    var victim = site.start("streams", "streams-a", Map.of("CREMA_INSTANCE", "a"));
                    var survivor = site.start("streams", "streams-b", Map.of("CREMA_INSTANCE", "b"));
                    var _ = new Reader(
                            site.bootstrapServers(),
                            List.of(
                                    Topic.BALANCES.topicName(),
                                    Topic.RECEIPTS.topicName(),
                                    Topic.QUARANTINE.topicName()),
                            books::read)) {
                victim.awaitReady(Site.PATIENCE);
                survivor.awaitReady(Site.PATIENCE);
                System.err.println("crema: a receipt of each channel");
                loop.send(fleet.channels(), rate);
                Site.await("each channel has its balance", () -> latencies.count(0) >= fleet.channels());
                System.err.println("crema: under load");
                var sending = CompletableFuture.runAsync(() -> send(loop));
                var watch = new Watch(load, latencies);
                watch.until(System.nanoTime() + seconds / 3 * 1_000_000_000L);
                var before = watch.peakOfLast(BEFORE_SECONDS);
                var from = load.position();
                System.err.println("crema: killed process " + victim.kill());
                var killed = System.nanoTime();
                watch.untilDone(sending);
                var ended = System.nanoTime();
                Site.await("all receipts are in the balances", () -> latencies.count(0) >= receipts);
                var drained = System.nanoTime() - ended;
                Site.await("all receipts are accepted", () -> books.acceptedReceipts() >= receipts);
                return new Figures(
                        HOW,
                        fleet.channels(),
                        rate,
                        seconds,
                        receipts,
                        before,
                        watch.peakSince(killed),
                        watch.secondsUntilBackAt(Math.max(before, rate / 2), killed),
                        Math.round(drained / 1e7) / 100.0,
                        latencies.spread(0, from, receipts),
                        books.compare());
            }
        }
    }

    private void send(OpenLoop loop) {
        try {
            loop.send((long) rate * seconds, rate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks at the lag, again and again. For one thread. */
    private static final class Watch {
        private final SignedLoad load;
        private final Latencies latencies;
        private final LagHistory history = new LagHistory();

        Watch(SignedLoad load, Latencies latencies) {
            this.load = load;
            this.latencies = latencies;
        }

        void until(long end) {
            while (System.nanoTime() < end) {
                look();
            }
        }

        void untilDone(CompletableFuture<Void> sending) {
            while (!sending.isDone()) {
                look();
            }
            sending.join();
        }

        long peakOfLast(int seconds) {
            return history.peakSince(System.nanoTime() - seconds * 1_000_000_000L);
        }

        long peakSince(long time) {
            return history.peakSince(time);
        }

        double secondsUntilBackAt(long lag, long since) {
            return history.secondsUntilBackAt(lag, since);
        }

        private void look() {
            history.add(System.nanoTime(), load.position() - latencies.count(0));
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
