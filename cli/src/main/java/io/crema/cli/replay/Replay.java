package io.crema.cli.replay;

import io.crema.cli.audit.LogEnds;
import io.crema.cli.audit.LogReader;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.events.ChannelBalance;
import io.crema.events.ChannelClosed;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import io.crema.streams.channels.BalancesSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Folds the log from offset 0 up to where streams has committed its work, and compares each channel with the balances'
 * table. The order in which a task takes the records of different topics is not in the log: they are taken by time, and
 * where a closed channel differs, once more with its close behind everything else. One use; not thread-safe.
 */
final class Replay {
    private final String bootstrapServers;
    private final BalancesSettings settings;
    private final LogEnds ends;
    private final Map<Topic, long[]> folded = new EnumMap<>(Topic.class);
    private final Map<ChannelId, ChannelBalance> table = new TreeMap<>();
    private final Set<String> moving = new HashSet<>();
    private long records;

    /**
     * What came out.
     *
     * @param records folded
     * @param underWay channels that records wait for, which streams has not folded yet
     * @param differences by channel
     */
    record Result(long channels, long records, long underWay, Map<ChannelId, List<String>> differences) {}

    private Replay(String bootstrapServers, BalancesSettings settings) {
        this.bootstrapServers = bootstrapServers;
        this.settings = settings;
        ends = LogEnds.take(bootstrapServers, checkpoints -> {});
        ScratchFold.INPUTS.forEach(topic -> folded.put(topic, ends.folded().getOrDefault(topic, new long[0])));
    }

    /** @param settings as the deployment's, but of one partition */
    static Result run(String bootstrapServers, BalancesSettings settings) {
        return new Replay(bootstrapServers, settings).run();
    }

    private Result run() {
        try (var log = new LogReader(bootstrapServers)) {
            log.read(Topic.BALANCES, ends.end(Topic.BALANCES), record -> {
                var row = RecordCodec.perThread().decode(record.value(), ChannelBalance.class);
                table.put(Convert.channel(row.getChannel()), row);
            });
            for (var topic : ScratchFold.INPUTS) {
                var before = folded.getOrDefault(topic, new long[0]);
                log.readFrom(topic, before, ends.end(topic), record -> {
                    if (record.key() != null) {
                        moving.add(Hex.encode(record.key()));
                    }
                });
            }
        }
        Set<ChannelId> channels = new TreeSet<>(table.keySet());
        Map<ChannelId, List<String>> differences = new TreeMap<>();
        try (var scratch = new ScratchFold(settings)) {
            MergedLog.read(bootstrapServers, folded, record -> {
                if (isAtHome(record)) {
                    records++;
                    scratch.add(record);
                }
            });
            channels.addAll(scratch.rows().keySet());
            differences.putAll(compare(channels, scratch));
        }
        retryClosed(differences);
        var underWay =
                channels.stream().filter(id -> isMoving(id, table.get(id))).count();
        differences.keySet().removeIf(id -> isMoving(id, table.get(id)));
        return new Result(channels.size(), records, underWay, differences);
    }

    private Map<ChannelId, List<String>> compare(Set<ChannelId> channels, ScratchFold scratch) {
        Map<ChannelId, List<String>> differences = new TreeMap<>();
        for (var id : channels) {
            var fields = BalanceFields.differences(
                    Optional.ofNullable(table.get(id)),
                    Optional.ofNullable(scratch.rows().get(id)));
            if (!fields.isEmpty()) {
                differences.put(id, fields);
            }
        }
        return differences;
    }

    /** A receipt that was accepted before the close is not covered behind it. */
    private void retryClosed(Map<ChannelId, List<String>> differences) {
        Set<ChannelId> closed = new TreeSet<>();
        differences.keySet().stream()
                .filter(id -> Optional.ofNullable(table.get(id))
                        .filter(row -> row.getStatus().equals("CLOSED"))
                        .isPresent())
                .forEach(closed::add);
        if (closed.isEmpty()) {
            return;
        }
        try (var scratch = new ScratchFold(settings)) {
            List<ConsumerRecord<byte[], byte[]>> last = new ArrayList<>();
            Consumer<ConsumerRecord<byte[], byte[]>> reader = record -> {
                if (!isAtHome(record) || !concerns(record, closed)) {
                    return;
                }
                if (isClose(record)) {
                    last.add(record);
                } else {
                    scratch.add(record);
                }
            };
            MergedLog.read(bootstrapServers, folded, reader);
            last.forEach(scratch::add);
            var left = compare(closed, scratch);
            closed.forEach(id -> {
                if (!left.containsKey(id)) {
                    differences.remove(id);
                }
            });
        }
    }

    private static boolean concerns(ConsumerRecord<byte[], byte[]> record, Set<ChannelId> channels) {
        return record.topic().equals(Topic.CHAIN_PARTIES.topicName())
                || (record.key() != null
                        && record.key().length == Hash.LENGTH
                        && channels.contains(ChannelId.fromHex(Hex.encode(record.key()))));
    }

    private static boolean isClose(ConsumerRecord<byte[], byte[]> record) {
        try {
            return RecordCodec.perThread().decode(record.value()) instanceof ChannelClosed;
        } catch (RecordFormatException e) {
            return false;
        }
    }

    /** In its own partition: streams quarantines what is elsewhere, and the scratch fold has one partition only. */
    private boolean isAtHome(ConsumerRecord<byte[], byte[]> record) {
        var partitions =
                Topic.named(record.topic()).map(topic -> ends.end(topic).length).orElse(0);
        return record.key() != null && partitions > 0 && Partitions.of(record.key(), partitions) == record.partition();
    }

    private boolean isMoving(ChannelId id, @Nullable ChannelBalance row) {
        if (moving.contains(id.toString())) {
            return true;
        }
        if (row == null || row.getCustomer() == null) {
            return false;
        }
        // Its customer's keys travel by a topic of streams' own.
        return moving.contains(Hex.encode(row.getCustomer().bytes()))
                || row.getWaitingReason().equals("UNKNOWN_CHANNEL");
    }
}
