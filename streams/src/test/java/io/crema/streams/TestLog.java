package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A fresh broker with the catalogue's topics, and what tests say to it and hear from it. For one thread. */
final class TestLog implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final EmbeddedBroker broker;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Topic, KafkaConsumer<byte[], byte[]>> consumers = new HashMap<>();
    private final Map<Topic, List<SpecificRecord>> seen = new HashMap<>();

    TestLog(Path dir) throws Exception {
        broker = EmbeddedBroker.builder(dir).start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Admin admin() {
        return admin;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    void send(Topic topic, byte[] key, SpecificRecord record) {
        sendBytes(topic, key, RecordCodec.perThread().encode(topic, record));
    }

    void sendBytes(Topic topic, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic.topicName(), Partitions.of(key, PARTITIONS), key, value));
    }

    void sendRun(Sales sales, List<SignedReceipt> run) {
        send(Topic.EDGE_RECEIPTS, sales.channel.bytes(), ReceiptRuns.toRecord(sales.channel, run));
    }

    /** All committed records of a topic so far, once they are enough. */
    <T extends SpecificRecord> List<T> until(Topic topic, Class<T> type, Predicate<List<T>> enough) {
        var consumer = consumers.computeIfAbsent(topic, this::consumer);
        var records = seen.computeIfAbsent(topic, first -> new ArrayList<>());
        await(
                () -> {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(record ->
                                    records.add(RecordCodec.perThread().decode(record.value())));
                    return enough.test(ofType(records, type));
                },
                () -> "%d records in %s are not enough".formatted(records.size(), topic));
        return ofType(records, type);
    }

    static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(otherwise.get()).isBefore(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static void awaitRunning(StreamsService service) {
        await(
                () -> service.status().state() == StreamsStatus.State.RUNNING,
                () -> service.status().sentence());
    }

    private static <T> List<T> ofType(List<SpecificRecord> records, Class<T> type) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer(Topic topic) {
        var consumer = reader();
        consumer.assign(consumer.partitionsFor(topic.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    KafkaConsumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        consumers.values().forEach(KafkaConsumer::close);
        producer.close();
        admin.close();
        broker.close();
    }
}
