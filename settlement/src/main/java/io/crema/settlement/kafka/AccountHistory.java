package io.crema.settlement.kafka;

import io.crema.contracts.value.Address;
import io.crema.events.TransactionStep;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import io.crema.settlement.step.LogUnavailableException;
import io.crema.settlement.step.Position;
import io.crema.settlement.step.Recovered;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what an account has done, to the end of its partition. To be called by its writer, once it is open. */
public final class AccountHistory {
    private static final int EMPTY_POLLS = 600;
    private static final Duration POLL = Duration.ofMillis(100);

    private AccountHistory() {}

    /**
     * @throws LogUnavailableException when the log does not answer in time
     * @throws IllegalStateException when the account's records contradict one another
     */
    public static Recovered read(LogSettings settings) {
        var recovered = new Recovered();
        var key = settings.account().bytes();
        var partition = new TopicPartition(Topic.TRANSACTIONS.topicName(), Partitions.of(key, settings.partitions()));
        try {
            var end = end(settings, partition);
            try (var consumer = consumer(settings, "history", true)) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                var empty = 0;
                while (consumer.position(partition) < end) {
                    var records = consumer.poll(POLL);
                    empty = records.isEmpty() ? empty + 1 : 0;
                    if (empty > EMPTY_POLLS) {
                        throw new LogUnavailableException(
                                "%s cannot be read beyond offset %d of %d"
                                        .formatted(partition, consumer.position(partition), end),
                                new IllegalStateException("no records"));
                    }
                    records.forEach(record -> {
                        if (Arrays.equals(record.key(), key)) {
                            recovered.fold(step(settings.account(), partition, record.offset(), record.value()));
                        }
                    });
                }
                positions(settings, consumer, recovered);
            }
            return recovered;
        } catch (KafkaException e) {
            throw new LogUnavailableException(
                    "%s at %s cannot be read: %s".formatted(partition, settings.bootstrapServers(), e), e);
        }
    }

    /** Beyond the last stable offset: an open transaction of another account must not hide our own records. */
    private static long end(LogSettings settings, TopicPartition partition) {
        try (var consumer = consumer(settings, "end", false)) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
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

    private static TransactionStep step(Address account, TopicPartition partition, long offset, byte[] value) {
        try {
            return RecordCodec.perThread().decode(value, TransactionStep.class);
        } catch (RecordFormatException e) {
            throw new IllegalStateException(
                    "offset %d of %s is no step of account %s: %s; only settlement may write there"
                            .formatted(offset, partition, account, e.getMessage()),
                    e);
        }
    }

    static KafkaConsumer<byte[], byte[]> consumer(LogSettings settings, String role, boolean committedOnly) {
        return new KafkaConsumer<>(
                settings.consumer(role, committedOnly), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
