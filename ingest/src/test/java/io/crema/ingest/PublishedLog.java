package io.crema.ingest;

import io.crema.contracts.value.Hex;
import io.crema.events.LogReversed;
import io.crema.events.ParticipantOnboarded;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a read_committed consumer finds in a topic. */
final class PublishedLog {
    private final String bootstrapServers;

    PublishedLog(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(config)) {
            var partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    /** The accounts that are onboarded after reversals, by key, each with how often. */
    List<String> onboarded() {
        List<String> accounts = new ArrayList<>();
        for (var message : read(Topic.CHAIN_PARTIES)) {
            var account = Hex.encode(message.key());
            switch (value(message)) {
                case ParticipantOnboarded joined -> accounts.add(account);
                case LogReversed reversed -> {
                    if (!accounts.remove(account)) {
                        throw new AssertionError("reversed, but not there: " + reversed);
                    }
                }
                default -> {}
            }
        }
        return accounts;
    }

    static SpecificRecord value(ConsumerRecord<byte[], byte[]> message) {
        return RecordCodec.perThread().decode(message.value());
    }

    static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
