package io.crema.projections.fold;

import io.crema.projections.store.Positions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch of the log's records as rows, in the caller's transaction, together with how far it came. A record
 * that cannot be folded becomes a row of its own and stops nothing. Not thread-safe.
 */
final class Writer {
    private static final String UNREADABLE = "INSERT INTO unreadable VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private final Map<Topic, Fold> folds = new EnumMap<>(Topic.class);

    Writer() {
        List.of(
                        new ChannelLog(),
                        new PartyLog(),
                        new AgreementLog(),
                        new Receipts(),
                        Tables.checkpoints(),
                        Tables.balances(),
                        Tables.hours(),
                        Tables.twins(),
                        Events.services(),
                        Events.outcomes(),
                        Events.quarantine(),
                        Events.transactions(),
                        Events.faults(),
                        Events.intents())
                .forEach(fold -> folds.put(fold.topic(), fold));
    }

    /** The topics that are folded. */
    Collection<Topic> topics() {
        return List.copyOf(folds.keySet());
    }

    /**
     * @param expected where the caller believes the tables stand
     * @param next where they stand with these records
     * @throws io.crema.projections.store.StaleWriterException when they stand elsewhere
     */
    void write(
            Connection connection,
            Iterable<ConsumerRecord<byte[], byte[]>> records,
            Map<TopicPartition, Long> expected,
            Map<TopicPartition, Long> next)
            throws SQLException {
        folds.values().forEach(Fold::reset);
        Positions.advance(connection, expected, next);
        var byTopic = new EnumMap<Topic, List<ConsumerRecord<byte[], byte[]>>>(Topic.class);
        for (var record : records) {
            Topic.named(record.topic())
                    .ifPresent(topic -> byTopic.computeIfAbsent(topic, _ -> new ArrayList<>())
                            .add(record));
        }
        try (var batch = new Batch(connection)) {
            for (var entry : byTopic.entrySet()) {
                var fold = folds.get(entry.getKey());
                if (fold != null) {
                    write(fold, entry.getValue(), batch);
                }
            }
        }
    }

    private static void write(Fold fold, List<ConsumerRecord<byte[], byte[]>> records, Batch batch)
            throws SQLException {
        var refused = new ArrayList<@Nullable Object[]>();
        var decoded = new LinkedHashMap<Bytes, Sourced>();
        for (var record : records) {
            try {
                var row = rowKey(fold.topic(), record);
                decoded.remove(row);
                decoded.put(row, decode(record));
            } catch (RuntimeException e) {
                refused.add(refusal(record.topic(), record.partition(), record.offset(), time(record), e));
            }
        }
        for (var source : decoded.values()) {
            try {
                fold.fold(source, batch);
            } catch (RuntimeException e) {
                refused.add(
                        refusal(fold.topic().topicName(), source.partition(), source.offset(), source.loggedAt(), e));
            }
        }
        fold.flush(batch);
        for (var row : refused) {
            batch.add(UNREADABLE, row);
        }
        batch.flush();
    }

    private static Sourced decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new UnfoldableException("the record has no value");
        }
        return new Sourced(
                RecordCodec.perThread().decode(record.value()), record.partition(), record.offset(), time(record));
    }

    /** Of a compacted topic only the newest record of each key is written; of the others each record. */
    private static Bytes rowKey(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        if (topic.kind() == Topic.Kind.TABLE && record.key() != null) {
            return Bytes.wrap(record.key());
        }
        return Bytes.wrap((record.partition() + "@" + record.offset()).getBytes(StandardCharsets.US_ASCII));
    }

    private static Instant time(ConsumerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }

    private static @Nullable Object[] refusal(
            String topic, int partition, long offset, Instant time, RuntimeException e) {
        return new @Nullable Object[] {topic, partition, offset, String.valueOf(e.getMessage()), time};
    }
}
