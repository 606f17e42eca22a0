package io.crema.bench.throughput;

import io.crema.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How many bytes the balances topology keeps and tells, so that the plain aggregate does the same. Values and headers,
 * in bytes.
 *
 * @param state what one change of a channel writes into the changelogs
 * @param accepted one accepted receipt
 * @param balance one row
 */
record Sizes(int state, int accepted, int balance) {
    private static final int LOOKED_AT = 200;

    /** As the topics hold them. @param application whose changelogs are read */
    static Sizes of(String bootstrapServers, String application) {
        return new Sizes(
                newest(bootstrapServers, application + "-channels-changelog")
                        + newest(bootstrapServers, application + "-accepted-digests-changelog"),
                newest(bootstrapServers, Topic.RECEIPTS.topicName()),
                newest(bootstrapServers, Topic.BALANCES.topicName()));
    }

    /** The mean size of the newest records in one partition. */
    private static int newest(String bootstrapServers, String topic) {
        var partition = new TopicPartition(topic, 0);
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(0, end - LOOKED_AT));
            var records = consumer.poll(Duration.ofSeconds(10)).records(partition);
            return (int) records.stream().mapToInt(Sizes::size).average().orElse(1);
        }
    }

    private static int size(ConsumerRecord<byte[], byte[]> record) {
        var size = Math.max(0, record.serializedValueSize());
        for (var header : record.headers()) {
            size += header.key().length() + header.value().length;
        }
        return size;
    }
}
