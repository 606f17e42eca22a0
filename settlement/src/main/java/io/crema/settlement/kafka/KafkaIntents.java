package io.crema.settlement.kafka;

import io.crema.schemas.topic.Topic;
import io.crema.settlement.intent.IntentRecord;
import io.crema.settlement.step.LogUnavailableException;
import io.crema.settlement.step.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** The committed intents of all partitions, from where an account had settled them. One thread; wakeup from any. */
public final class KafkaIntents implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;

    private KafkaIntents(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** @param positions by partition; a partition that is not named is read from its start */
    public static KafkaIntents from(LogSettings settings, Map<Integer, Position> positions) {
        var consumer = AccountHistory.consumer(settings, "intents", true);
        List<TopicPartition> partitions = new ArrayList<>();
        for (var number = 0; number < settings.partitions(); number++) {
            partitions.add(new TopicPartition(Topic.INTENTS.topicName(), number));
        }
        consumer.assign(partitions);
        for (var partition : partitions) {
            consumer.seek(
                    partition,
                    positions
                            .getOrDefault(partition.partition(), Position.START)
                            .offset());
        }
        return new KafkaIntents(consumer);
    }

    /**
     * What is there, after waiting up to {@code patience} for the first; nothing after a wakeup.
     *
     * @throws LogUnavailableException when the log refuses
     */
    public List<IntentRecord> poll(Duration patience) {
        try {
            List<IntentRecord> read = new ArrayList<>();
            consumer.poll(patience)
                    .forEach(record -> read.add(new IntentRecord(
                            record.partition(),
                            record.offset(),
                            record.key(),
                            record.value(),
                            Instant.ofEpochMilli(record.timestamp()))));
            return read;
        } catch (WakeupException e) {
            return List.of();
        } catch (KafkaException e) {
            throw new LogUnavailableException("intents cannot be read: " + e, e);
        }
    }

    /** Ends a poll that waits. Thread-safe. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
