package io.crema.simulation.streams;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import io.crema.events.ChannelBalance;
import io.crema.events.ReceiptAccepted;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.StoredRecord;
import io.crema.simulation.log.WriterFencedException;
import io.crema.streams.channels.BalancesSettings;
import io.crema.streams.channels.BalancesTopology;
import io.crema.streams.figures.Figure;
import io.crema.streams.figures.Figures;
import io.crema.streams.redemption.RedemptionPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The balances' topology against a ledger so simple that it is right: channels interleaved in any order, records repeated,
 * tasks ended at any call and started anew. Each channel comes to the same end, and each receipt is accepted once.
 */
class BalancesLedgerTest {
    private static final int PARTITIONS = 2;
    private static final String APPLICATION = "ledger";
    private static final TopologyPlan PLAN = new TopologyPlan(
            APPLICATION,
            BalancesTopology.of(new BalancesSettings(
                    PARTITIONS,
                    SoldChannel.PAYMENT,
                    RedemptionPolicy.of(Amount.of(50), Duration.ofHours(1), 20),
                    1_000,
                    Duration.ofSeconds(1))));

    private Instant now = Instant.ofEpochSecond(SoldChannel.START);

    private record Told(Topic topic, byte[] key, SpecificRecord record) {}

    @Property(tries = 40)
    void shouldComeToTheSameEndThroughAnyInterleavingRepetitionAndCrash(@ForAll long seed) {
        now = Instant.ofEpochSecond(SoldChannel.START);
        var random = new Random(seed);
        var log = new SimulatedLog(() -> now, PARTITIONS);
        List<SoldChannel> channels = new ArrayList<>();
        List<Told> steps = new ArrayList<>();
        for (var index = 0; index < 5; index++) {
            var count = 1 + random.nextInt(14);
            var channel = new SoldChannel(index, count, random.nextInt(count + 3), random);
            channels.add(channel);
            steps.addAll(tell(channel, random));
        }
        Collections.shuffle(steps, random);
        var tasks = tasks(log);
        for (var step : steps) {
            append(log, step);
            while (random.nextInt(3) > 0) {
                var task = tasks.get(random.nextInt(tasks.size()));
                if (random.nextInt(3) == 0) {
                    task.crash.after(random.nextInt(40));
                }
                task.step(1 + random.nextInt(4));
            }
        }
        settle(tasks, log);
        check(log, channels, seed);
    }

    private static List<Told> tell(SoldChannel channel, Random random) {
        var key = channel.channel.bytes();
        List<Told> steps = new ArrayList<>();
        steps.add(new Told(Topic.CHAIN_CHANNELS, key, channel.opened()));
        steps.add(new Told(Topic.CHAIN_CHANNELS, key, channel.toppedUp()));
        var receipts = channel.receipts;
        for (var from = 0; from < receipts.size(); ) {
            var to = Math.min(receipts.size(), from + 1 + random.nextInt(5));
            var run = ReceiptRuns.toRecord(channel.channel, receipts.subList(from, to));
            steps.add(new Told(Topic.EDGE_RECEIPTS, key, run));
            if (random.nextInt(3) == 0) {
                steps.add(new Told(Topic.EDGE_RECEIPTS, key, run));
            }
            from = to;
        }
        return steps;
    }

    private void append(SimulatedLog log, Told told) {
        var name = told.topic().topicName();
        log.append(
                log.place(name, told.key()),
                told.key(),
                RecordCodec.perThread().encode(told.topic(), told.record()),
                now);
    }

    private List<Running> tasks(SimulatedLog log) {
        List<Running> tasks = new ArrayList<>();
        for (var subtopology : PLAN.subtopologies()) {
            for (var partition = 0; partition < PARTITIONS; partition++) {
                tasks.add(new Running(subtopology, partition, log));
            }
        }
        return tasks;
    }

    /** Without further crashes, until nobody has anything to do. */
    private void settle(List<Running> tasks, SimulatedLog log) {
        tasks.forEach(task -> task.crash.never());
        for (var quiet = 0; quiet < 3; ) {
            now = now.plusSeconds(11);
            log.expire();
            var isBusy = false;
            for (var task : tasks) {
                isBusy |= task.step(Integer.MAX_VALUE);
            }
            quiet = isBusy ? 0 : quiet + 1;
        }
    }

    private static void check(SimulatedLog log, List<SoldChannel> channels, long seed) {
        Map<Object, ChannelBalance> newest = new HashMap<>();
        Map<Object, Long> accepted = new HashMap<>();
        var counted = 0L;
        for (var partition = 0; partition < PARTITIONS; partition++) {
            for (var record : all(log, Topic.BALANCES.topicName(), partition)) {
                var balance = RecordCodec.perThread().decode(requireNonNull(record.value()), ChannelBalance.class);
                newest.put(balance.getChannel(), balance);
            }
            for (var record : all(log, Topic.RECEIPTS.topicName(), partition)) {
                var receipt = RecordCodec.perThread().decode(requireNonNull(record.value()), ReceiptAccepted.class);
                assertThat(receipt.getSequence())
                        .as("each once and in order, seed %d", seed)
                        .isEqualTo(accepted.merge(receipt.getChannel(), 1L, Long::sum));
            }
            var figures = all(log, APPLICATION + "-" + BalancesTopology.CHANNEL_FIGURES + "-changelog", partition);
            if (!figures.isEmpty()) {
                counted += Figures.fromBytes(requireNonNull(figures.getLast().value()))
                        .get(Figure.RECEIPTS_ACCEPTED)
                        .longValueExact();
            }
        }
        for (var channel : channels) {
            var balance = requireNonNull(newest.get(Convert.bytes32(channel.channel)));
            assertThat(balance.getReceipts()).as("seed %d", seed).isEqualTo(channel.expected());
            assertThat(balance.getAccepted()).isEqualTo(BigDecimal.valueOf(SoldChannel.PRICE * channel.expected()));
            assertThat(accepted.getOrDefault(Convert.bytes32(channel.channel), 0L))
                    .isEqualTo(channel.expected());
            assertThat(balance.getForked()).isFalse();
        }
        assertThat(counted)
                .as("the figures count each receipt once, seed %d", seed)
                .isEqualTo(channels.stream().mapToLong(SoldChannel::expected).sum());
    }

    private static List<StoredRecord> all(SimulatedLog log, String topic, int partition) {
        return log.read(new Place(topic, partition), 0, Integer.MAX_VALUE).records();
    }

    /** A task that is started again after each crash. */
    private final class Running {
        final CrashPoints crash = new CrashPoints();
        private final int subtopology;
        private final int partition;
        private final SimulatedLog log;
        private @Nullable SimulatedTask task;

        Running(int subtopology, int partition, SimulatedLog log) {
            this.subtopology = subtopology;
            this.partition = partition;
            this.log = log;
        }

        boolean step(int most) {
            try {
                if (task == null) {
                    task = SimulatedTask.start(PLAN, subtopology, partition, log, () -> now, crash, TaskHooks.HONEST)
                            .orElse(null);
                }
                return task == null || task.step(place -> most);
            } catch (CrashPoints.Crash | WriterFencedException gone) {
                task = null;
                return true;
            }
        }
    }
}
