package io.crema.cli.audit;

import io.crema.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Streams topics, committed records only, from the first offset to ends that were taken before; within a partition in
 * order. Holds one poll's records at a time. Not thread-safe.
 */
public final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int IDLE_POLLS = 120;

    private final KafkaConsumer<byte[], byte[]> consumer;

    public LogReader(String bootstrapServers) {
        consumer = consumer(bootstrapServers);
    }

    /** A consumer of committed records, that belongs to no group. */
    public static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Every record below the ends. Waits for transactions that are open there.
     *
     * @param ends by partition
     * @throws UnreadableException when the broker does not answer, or a transaction stays open
     */
    void forEach(Topic topic, long[] ends, Consumer<LogRecord> reader) {
        read(
                topic,
                ends,
                record -> reader.accept(
                        new LogRecord(topic, record.partition(), record.offset(), record.key(), record.value())));
    }

    /** As {@link #forEach}, with Kafka's own records. */
    public void read(Topic topic, long[] ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        readFrom(topic, new long[ends.length], ends, reader);
    }

    /** As {@link #read}, from offsets on. @param begins by partition */
    public void readFrom(Topic topic, long[] begins, long[] ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        List<TopicPartition> open = new ArrayList<>();
        for (var partition = 0; partition < ends.length; partition++) {
            if (ends[partition] > begins[partition]) {
                open.add(new TopicPartition(topic.topicName(), partition));
            }
        }
        try {
            consumer.assign(open);
            // Assigned again, a partition would stay paused from the reading before.
            consumer.resume(open);
            consumer.seekToBeginning(open);
            open.stream()
                    .filter(partition -> begins[partition.partition()] > 0)
                    .forEach(partition -> consumer.seek(partition, begins[partition.partition()]));
            var idle = 0;
            while (true) {
                for (var partition : List.copyOf(open)) {
                    if (consumer.position(partition) >= ends[partition.partition()]) {
                        consumer.pause(List.of(partition));
                        open.remove(partition);
                    }
                }
                if (open.isEmpty()) {
                    return;
                }
                var polled = consumer.poll(POLL);
                idle = polled.isEmpty() ? idle + 1 : 0;
                if (idle > IDLE_POLLS) {
                    throw new UnreadableException(
                            "topic %s does not come to its end: a transaction has stayed open for %d s"
                                    .formatted(topic, IDLE_POLLS * POLL.toMillis() / 1000));
                }
                for (var record : polled) {
                    if (record.offset() < ends[record.partition()]) {
                        reader.accept(record);
                    }
                }
            }
        } catch (KafkaException e) {
            throw new UnreadableException("topic %s cannot be read: %s".formatted(topic, e.getMessage()), e);
        }
    }

    /** Every record of ours up to the topic's present end, with the log's time. */
    public void records(Topic topic, BiConsumer<SpecificRecord, Instant> reader) {
        read(
                topic,
                ends(topic),
                record -> new LogRecord(topic, record.partition(), record.offset(), record.key(), record.value())
                        .value()
                        .ifPresent(value -> reader.accept(value, Instant.ofEpochMilli(record.timestamp()))));
    }

    /** Where the topic's committed records end now, by partition. */
    public long[] ends(Topic topic) {
        try {
            var partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            var ends = new long[partitions.size()];
            consumer.endOffsets(partitions).forEach((partition, end) -> ends[partition.partition()] = end);
            return ends;
        } catch (KafkaException e) {
            throw new UnreadableException("topic %s cannot be read: %s".formatted(topic, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
