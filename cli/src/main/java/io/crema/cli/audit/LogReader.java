package io.crema.cli.audit;

import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, committed records only, from the first offset to the end as it is when the reading starts. */
final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int IDLE_POLLS = 60;

    private final KafkaConsumer<byte[], byte[]> consumer;

    LogReader(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Every record of the type, in order of partition and offset; other types and undecodable bytes are passed over. */
    <T extends SpecificRecord> List<LogRecord<T>> read(Topic topic, Class<T> type) {
        List<LogRecord<T>> found = new ArrayList<>();
        for (var record : read(topic)) {
            if (type.isInstance(record.value())) {
                found.add(new LogRecord<>(record.partition(), record.offset(), type.cast(record.value())));
            }
        }
        return found;
    }

    List<LogRecord<SpecificRecord>> read(Topic topic) {
        var partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        List<LogRecord<SpecificRecord>> found = new ArrayList<>();
        var codec = RecordCodec.perThread();
        var idle = 0;
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            var polled = consumer.poll(POLL);
            idle = polled.isEmpty() ? idle + 1 : 0;
            if (idle > IDLE_POLLS) {
                throw new IllegalStateException(
                        "topic %s does not come to its end: a transaction has stayed open for %d s"
                                .formatted(topic, IDLE_POLLS * POLL.toMillis() / 1000));
            }
            for (var record : polled) {
                if (record.value() == null) {
                    continue;
                }
                try {
                    found.add(new LogRecord<>(record.partition(), record.offset(), codec.decode(record.value())));
                } catch (RecordFormatException e) {
                    // Foreign bytes are the quarantine's matter.
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
