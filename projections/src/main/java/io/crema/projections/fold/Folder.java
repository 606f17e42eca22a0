package io.crema.projections.fold;

import io.crema.projections.store.Database;
import io.crema.projections.store.Position;
import io.crema.projections.store.Positions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Folds the log into one schema, a step at a time. It begins where the tables stand, not where a consumer group was;
 * each step is one transaction that holds the rows and the offsets behind them. Not thread-safe; no state but what it
 * can read again.
 */
final class Folder {
    private final Consumer<byte[], byte[]> consumer;
    private final Database database;
    private final Writer writer = new Writer();
    private final Map<TopicPartition, Long> stored = new HashMap<>();
    private final Map<TopicPartition, Long> limits = new HashMap<>();

    /** @param consumer read_committed, without group or automatic commits; the caller closes it */
    Folder(Consumer<byte[], byte[]> consumer, Database database) {
        this.consumer = consumer;
        this.database = database;
    }

    /**
     * Looks where the tables stand and goes there; needed before the first step and after any that failed.
     *
     * @return false while the topics are not there yet
     */
    boolean align() throws SQLException {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : writer.topics()) {
            var found = consumer.partitionsFor(topic.topicName());
            if (found == null || found.isEmpty()) {
                return false;
            }
            found.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        var position = database.inTransaction(connection -> {
            Positions.add(connection, partitions);
            return Positions.read(connection);
        });
        stored.clear();
        limits.clear();
        consumer.assign(partitions);
        for (var partition : partitions) {
            var offset = position.offsets().getOrDefault(partition, 0L);
            stored.put(partition, offset);
            consumer.seek(partition, offset);
        }
        return true;
    }

    /** From now on nothing at or beyond these offsets is folded. */
    void stopAt(Position position) {
        limits.clear();
        stored.forEach((partition, offset) -> {
            limits.put(partition, position.offsets().getOrDefault(partition, 0L));
            // What was read beyond an earlier limit was not folded.
            consumer.seek(partition, offset);
        });
    }

    /** Whether everything before {@link #stopAt} is folded. */
    boolean stopped() {
        return !limits.isEmpty()
                && limits.entrySet().stream()
                        .allMatch(limit -> stored.getOrDefault(limit.getKey(), 0L) >= limit.getValue());
    }

    /**
     * Reads what there is, waiting at most {@code wait} for it, and folds it.
     *
     * @return how many records were folded
     * @throws io.crema.projections.store.StaleWriterException when another writer was there: nothing was written, align again
     */
    int step(Duration wait) throws SQLException {
        var polled = consumer.poll(wait);
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>(polled.count());
        for (var record : polled) {
            if (record.offset() < limit(new TopicPartition(record.topic(), record.partition()))) {
                records.add(record);
            }
        }
        var next = new HashMap<TopicPartition, Long>();
        for (var partition : stored.keySet()) {
            // The consumer's position also passes the markers of transactions, which are no records.
            var reached = Math.min(consumer.position(partition), limit(partition));
            if (reached > stored.getOrDefault(partition, 0L)) {
                next.put(partition, reached);
            }
        }
        if (next.isEmpty()) {
            return 0;
        }
        database.inTransaction(connection -> {
            writer.write(connection, records, stored, next);
            return true;
        });
        stored.putAll(next);
        return records.size();
    }

    /** Where the tables stand, as far as this folder knows. */
    Position position() {
        return new Position(stored);
    }

    /** The ends of the log that a reader of committed records can see now. */
    Position ends(Duration wait) {
        return new Position(consumer.endOffsets(List.copyOf(stored.keySet()), wait));
    }

    private long limit(TopicPartition partition) {
        return limits.getOrDefault(partition, Long.MAX_VALUE);
    }
}
