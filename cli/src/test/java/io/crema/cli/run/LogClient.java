package io.crema.cli.run;

import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to a broker, and reads what is committed from a topic's beginning. Not thread-safe. */
final class LogClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String bootstrapServers;
    private final KafkaProducer<byte[], SpecificRecord> producer;

    LogClient(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), RecordSerde.serializer());
    }

    /** Returns when the broker has it. */
    void send(Topic topic, byte[] key, SpecificRecord record) {
        try {
            producer.send(new ProducerRecord<>(topic.topicName(), key, record)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the broker did not take a record for " + topic, e);
        }
    }

    /** The topic's records of one type, as soon as they are as wanted; as far as they are when the patience ends. */
    <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type, Predicate<List<T>> wanted) {
        List<T> seen = new ArrayList<>();
        var settings =
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), RecordSerde.deserializer())) {
            var partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!wanted.test(seen) && System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (type.isInstance(record.value())) {
                        seen.add(type.cast(record.value()));
                    }
                }
            }
        }
        return seen;
    }

    @Override
    public void close() {
        producer.close();
    }
}
