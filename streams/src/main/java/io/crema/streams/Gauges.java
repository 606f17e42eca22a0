package io.crema.streams;

import io.crema.contracts.crypto.Secp256k1;
import io.crema.streams.channels.BalancesTopology;
import io.crema.streams.figures.Figure;
import io.crema.streams.figures.Figures;
import io.crema.streams.machines.MachinesTopology;
import io.crema.streams.records.StoredFigures;
import io.crema.streams.records.TimeIndex;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What this instance's topologies come to, read from their stores and from Kafka's own metrics when somebody asks. Only
 * tasks that are active here are told of, so the sums over all instances count each once. Stateless.
 */
final class Gauges {
    private final int partitions;
    private final InstantSource clock;

    Gauges(int partitions, InstantSource clock) {
        this.partitions = partitions;
        this.clock = clock;
    }

    String text(StreamsStatus status, Collection<Folding> foldings) {
        var out = new Exposition();
        var now = clock.instant();
        out.add(
                "up",
                "1 while all topologies run",
                Exposition.labels("state", status.state()),
                status.state() == StreamsStatus.State.RUNNING ? 1 : 0);
        out.add(
                "library_info",
                "the library that checks signatures",
                Exposition.labels("secp256k1", Secp256k1.instance().name()),
                1);
        for (var folding : foldings) {
            folding(out, folding);
            switch (folding.name()) {
                case StreamsService.BALANCES -> balances(out, folding.streams(), now);
                case StreamsService.MACHINES ->
                    refused(out, folding.name(), figures(folding.streams(), MachinesTopology.MACHINE_FIGURES));
                default -> {
                    // Its records come from the balances' topology: what it refuses was never accepted.
                }
            }
        }
        return out.toString();
    }

    private static void folding(Exposition out, Folding folding) {
        var topology = Exposition.labels("topology", folding.name());
        out.add(
                "running",
                "1 while the topology runs",
                topology,
                folding.state() == KafkaStreams.State.RUNNING ? 1 : 0);
        out.add("threads_failed_total", "threads that failed and were replaced", topology, folding.failures());
        var restore = folding.restore();
        out.add("restoring_stores", "stores that are being restored now", topology, restore.running());
        out.add("restored_records_total", "records read to restore stores", topology, restore.restoredEver());
        restore.newest()
                .ifPresent(took -> out.add(
                        "restore_seconds", "how long the newest restore took", topology, took.toMillis() / 1000.0));
        lags(out, folding);
    }

    /** As the consumers measure them: of inputs, and of the changelogs that standbys follow. */
    private static void lags(Exposition out, Folding folding) {
        var seen = new HashSet<String>();
        folding.streams().metrics().forEach((name, metric) -> {
            var topic = name.tags().get("topic");
            var partition = name.tags().get("partition");
            if (!name.name().equals("records-lag")
                    || topic == null
                    || partition == null
                    || !(metric.metricValue() instanceof Double lag)
                    || lag.isNaN()) {
                return;
            }
            var restores = name.tags().getOrDefault("client-id", "").contains("restore-consumer");
            var labels = Exposition.labels("topology", folding.name(), "topic", topic, "partition", partition);
            // Both names of a topic may be there, one with each dot replaced.
            if (seen.add((restores + labels).replace('.', '_'))) {
                out.add(
                        restores ? "standby_lag_records" : "lag_records",
                        restores
                                ? "records of a changelog that a store here has not taken over yet"
                                : "records of an input that are not read yet",
                        labels,
                        lag.longValue());
            }
        });
    }

    private void balances(Exposition out, KafkaStreams streams, Instant now) {
        var sum = figures(streams, BalancesTopology.CHANNEL_FIGURES);
        for (var figure : Figure.values()) {
            out.add(figure.metric(), figure.help(), figure.labels(), sum.get(figure));
        }
        out.add("value_at_risk", "served, and not yet paid on chain", "", atRisk(sum));
        age(
                out,
                "oldest_unredeemed_age_seconds",
                "age of the oldest receipt that is accepted and not redeemed",
                oldest(streams, TimeIndex.Kind.UNREDEEMED),
                now);
        age(
                out,
                "oldest_waiting_age_seconds",
                "age of the oldest receipt that is set aside",
                oldest(streams, TimeIndex.Kind.WAITING),
                now);
        sum.add(figures(streams, BalancesTopology.CUSTOMER_FIGURES));
        refused(out, StreamsService.BALANCES, sum);
    }

    /** What waits on a channel that nobody knows is not in it: nobody checks such receipts, and anybody can make them. */
    private static BigInteger atRisk(Figures figures) {
        return List.of(Figure.UNREDEEMED, Figure.UNCOVERED, Figure.AMOUNT_UNCOVERED, Figure.AMOUNT_GAP).stream()
                .map(figures::get)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static void refused(Exposition out, String topology, Figures figures) {
        figures.refused()
                .forEach((reason, count) -> out.add(
                        "quarantined_total",
                        "records and receipts that went to quarantine",
                        Exposition.labels("topology", topology, "reason", reason),
                        count));
    }

    private static void age(Exposition out, String name, String help, Optional<Instant> since, Instant now) {
        var age = since.map(oldest -> Duration.between(oldest, now).toSeconds()).orElse(0L);
        out.add(name, help, "", Math.max(0, age));
    }

    private Optional<Instant> oldest(KafkaStreams streams, TimeIndex.Kind kind) {
        return IntStream.range(0, partitions)
                .mapToObj(partition ->
                        read(streams, BalancesTopology.SINCE, partition, store -> TimeIndex.oldest(store, kind)))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private Figures figures(KafkaStreams streams, String store) {
        var sum = new Figures();
        for (var partition = 0; partition < partitions; partition++) {
            var key = StoredFigures.key(partition);
            read(streams, store, partition, open -> Optional.ofNullable(open.get(key)))
                    .ifPresent(bytes -> sum.add(Figures.fromBytes(bytes)));
        }
        return sum;
    }

    /** Empty when the partition's store is not active here, or not now. */
    private static <T> Optional<T> read(
            KafkaStreams streams,
            String store,
            int partition,
            Function<ReadOnlyKeyValueStore<byte[], byte[]>, Optional<T>> question) {
        try {
            return question.apply(streams.store(
                    StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<byte[], byte[]>keyValueStore())
                            .withPartition(partition)));
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }
}
