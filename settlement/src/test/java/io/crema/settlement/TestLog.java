package io.crema.settlement;

import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.RedeemChannel;
import io.crema.events.RequestService;
import io.crema.events.TransactionStage;
import io.crema.events.TransactionStep;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The log as streams writes it and as everyone reads it. */
final class TestLog implements AutoCloseable {
    static final int PARTITIONS = 3;

    private final KafkaProducer<byte[], SpecificRecord> producer;
    private final KafkaConsumer<byte[], SpecificRecord> consumer;
    final List<TransactionStep> steps = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();

    TestLog(String bootstrapServers) throws Exception {
        Map<String, Object> common = Map.of("bootstrap.servers", bootstrapServers);
        try (var admin = Admin.create(common)) {
            new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
        }
        producer = new KafkaProducer<>(common, new ByteArraySerializer(), RecordSerde.serializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                RecordSerde.deserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (var topic : List.of(Topic.TRANSACTIONS, Topic.OUTCOMES)) {
            for (var number = 0; number < PARTITIONS; number++) {
                partitions.add(new TopicPartition(topic.topicName(), number));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void publish(SpecificRecord intent) throws Exception {
        var key = switch (intent) {
            case RedeemChannel redeem -> redeem.getChannel().bytes();
            case RequestService service -> service.getRequest().bytes();
            default -> throw new IllegalArgumentException(intent.toString());
        };
        producer.send(new ProducerRecord<>(Topic.INTENTS.topicName(), key, intent))
                .get();
    }

    /** Reads on until it holds. */
    void await(String what, Predicate<TestLog> condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.test(this)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + "; steps "
                        + steps.stream().map(TransactionStep::getStage).toList() + ", outcomes " + outcomes);
            }
            read();
        }
    }

    void read() {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
            switch (record.value()) {
                case TransactionStep step -> steps.add(step);
                case Outcome outcome -> outcomes.add(outcome);
                default -> throw new AssertionError(record.value());
            }
        });
    }

    List<TransactionStep> steps(TransactionStage stage) {
        return steps.stream().filter(step -> step.getStage() == stage).toList();
    }

    long count(OutcomeKind kind) {
        return outcomes.stream().filter(outcome -> outcome.getKind() == kind).count();
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
