package io.crema.ingest.kafka;

import io.crema.contracts.value.Address;
import io.crema.events.ChainCheckpoint;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest committed checkpoint of a contract: from the end of its topic backwards, because compaction lags and
 * a checkpoint is written with each block. Stateless.
 */
public final class CheckpointReader {
    private static final TopicPartition PARTITION = new TopicPartition(Topic.CHAIN_CHECKPOINTS.topicName(), 0);
    private static final long FIRST_SPAN = 64;
    private static final int SILENT_POLLS = 20;

    private final String bootstrapServers;

    public CheckpointReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * The newest committed checkpoint; empty before the first.
     *
     * @throws KafkaException when the broker does not answer in time
     */
    public Optional<ChainCheckpoint> newest(Address contract) {
        try (var consumer = CommittedRecords.consumer(bootstrapServers, "crema-ingest-checkpoint")) {
            consumer.assign(List.of(PARTITION));
            long begin = consumer.beginningOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            var upTo = end;
            for (var span = FIRST_SPAN; upTo > begin; span *= 16) {
                var from = Math.max(begin, end - span);
                var found = newest(consumer, contract.bytes(), from, upTo);
                if (found != null) {
                    return Optional.of(RecordCodec.perThread().decode(found, ChainCheckpoint.class));
                }
                upTo = from;
            }
            return Optional.empty();
        }
    }

    private static byte @Nullable [] newest(KafkaConsumer<byte[], byte[]> consumer, byte[] key, long from, long upTo) {
        consumer.seek(PARTITION, from);
        byte[] found = null;
        var silent = 0;
        while (consumer.position(PARTITION) < upTo) {
            var before = consumer.position(PARTITION);
            for (var message : consumer.poll(Duration.ofMillis(500))) {
                if (message.offset() < upTo && message.value() != null && Arrays.equals(message.key(), key)) {
                    found = message.value();
                }
            }
            silent = consumer.position(PARTITION) == before ? silent + 1 : 0;
            if (silent == SILENT_POLLS) {
                throw new TimeoutException("no answer while reading %s from offset %d".formatted(PARTITION, before));
            }
        }
        return found;
    }
}
