package io.crema.settlement.kafka;

import io.crema.events.TransactionStep;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import io.crema.settlement.step.LogUnavailableException;
import io.crema.settlement.step.Position;
import io.crema.settlement.step.Recovered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what all accounts have done, to the end of every partition. To be called by the writer, once it is open. */
public final class AccountHistory {
    private static final int EMPTY_POLLS = 600;
    private static final Duration POLL = Duration.ofMillis(100);

    private AccountHistory() {}

    /**
     * @throws LogUnavailableException when the log does not answer in time
     * @throws IllegalStateException when an account's records contradict one another
     */
    public static Recovered read(LogSettings settings) {
        var recovered = new Recovered();
        List<TopicPartition> partitions = new ArrayList<>();
        for (var number = 0; number < settings.partitions(); number++) {
            partitions.add(new TopicPartition(Topic.TRANSACTIONS.topicName(), number));
        }
        try {
            var ends = ends(settings, partitions);
            try (var consumer = consumer(settings, "history", true)) {
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                var empty = 0;
                while (!isAt(consumer, ends)) {
                    var records = consumer.poll(POLL);
                    empty = records.isEmpty() ? empty + 1 : 0;
                    if (empty > EMPTY_POLLS) {
                        throw new LogUnavailableException(
                                "%s cannot be read to its end %s".formatted(Topic.TRANSACTIONS.topicName(), ends),
                                new IllegalStateException("no records"));
                    }
                    records.forEach(record -> recovered.fold(step(record)));
                }
                positions(settings, consumer, recovered);
            }
            return recovered;
        } catch (KafkaException e) {
            throw new LogUnavailableException(
                    "%s at %s cannot be read: %s"
                            .formatted(Topic.TRANSACTIONS.topicName(), settings.bootstrapServers(), e),
                    e);
        }
    }

    private static boolean isAt(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Beyond the last stable offset: somebody else's open transaction must not hide our own records. */
    private static Map<TopicPartition, Long> ends(LogSettings settings, List<TopicPartition> partitions) {
        try (var consumer = consumer(settings, "end", false)) {
            consumer.assign(partitions);
            return consumer.endOffsets(partitions);
        }
    }

    private static void positions(LogSettings settings, KafkaConsumer<byte[], byte[]> consumer, Recovered recovered) {
        Set<TopicPartition> intents = new HashSet<>();
        for (var number = 0; number < settings.partitions(); number++) {
            intents.add(new TopicPartition(Topic.INTENTS.topicName(), number));
        }
        consumer.committed(intents).forEach((partition, committed) -> {
            if (committed != null) {
                recovered.position(partition.partition(), Position.of(committed.offset(), committed.metadata()));
            }
        });
    }

    private static TransactionStep step(ConsumerRecord<byte[], byte[]> record) {
        try {
            return RecordCodec.perThread().decode(record.value(), TransactionStep.class);
        } catch (RecordFormatException e) {
            throw new IllegalStateException(
                    "offset %d of %s-%d is no step of a transaction: %s; only settlement may write there"
                            .formatted(record.offset(), record.topic(), record.partition(), e.getMessage()),
                    e);
        }
    }

    static KafkaConsumer<byte[], byte[]> consumer(LogSettings settings, String role, boolean committedOnly) {
        return new KafkaConsumer<>(
                settings.consumer(role, committedOnly), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
