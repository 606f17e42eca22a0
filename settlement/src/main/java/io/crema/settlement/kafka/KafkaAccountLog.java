package io.crema.settlement.kafka;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.events.Outcome;
import io.crema.events.TransactionStep;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.RecordSerde;
import io.crema.settlement.step.AccountLog;
import io.crema.settlement.step.Entry;
import io.crema.settlement.step.FencedException;
import io.crema.settlement.step.LogUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one writer of all accounts: a Kafka producer with a fixed transactional id. Opening it fences every older one, and
 * finishes or undoes what that had begun. Not thread-safe.
 */
public final class KafkaAccountLog implements AccountLog, AutoCloseable {
    private static final String SOURCE = "/settlement";

    private final LogSettings settings;
    private final KafkaProducer<byte[], SpecificRecord> producer;

    private KafkaAccountLog(LogSettings settings, KafkaProducer<byte[], SpecificRecord> producer) {
        this.settings = settings;
        this.producer = producer;
    }

    /**
     * @throws FencedException when another instance opened it at the same time
     * @throws LogUnavailableException when the log does not answer in time
     */
    public static KafkaAccountLog open(LogSettings settings) {
        var producer = new KafkaProducer<byte[], SpecificRecord>(
                settings.producer(), new ByteArraySerializer(), RecordSerde.serializer());
        try {
            producer.initTransactions();
            return new KafkaAccountLog(settings, producer);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw translated(settings, e);
        }
    }

    @Override
    public void commit(Entry entry) {
        try {
            producer.beginTransaction();
            for (var step : entry.steps()) {
                send(Topic.TRANSACTIONS, step.getAccount().bytes(), step, id(step), step.getTime());
            }
            for (var outcome : entry.outcomes()) {
                send(Topic.OUTCOMES, outcome.getSubject().bytes(), outcome, id(outcome), outcome.getTime());
            }
            for (var refusal : entry.refusals()) {
                var record = refusal.record();
                var id = "%s/%d/%d".formatted(record.getTopic(), record.getPartition(), record.getOffset());
                send(Topic.QUARANTINE, refusal.key(), record, id, record.getTime());
            }
            if (!entry.positions().isEmpty()) {
                producer.sendOffsetsToTransaction(offsets(entry), new ConsumerGroupMetadata(LogSettings.NAME));
            }
            producer.commitTransaction();
        } catch (KafkaException | IllegalStateException e) {
            throw translated(settings, e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }

    private void send(Topic topic, byte[] key, SpecificRecord record, String id, Instant time) {
        producer.send(new ProducerRecord<>(
                topic.topicName(),
                Partitions.of(key, settings.partitions()),
                null,
                key,
                record,
                CloudEvents.headers(record, id, SOURCE, key, time)));
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Entry entry) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        entry.positions()
                .forEach((partition, position) -> offsets.put(
                        new TopicPartition(Topic.INTENTS.topicName(), partition),
                        new OffsetAndMetadata(position.offset(), position.metadata())));
        return offsets;
    }

    private static String id(TransactionStep step) {
        var block = step.getBlockHash();
        return "%d/%d/%s/%s/%d"
                .formatted(
                        step.getNonce(),
                        step.getVersion(),
                        step.getStage(),
                        block == null ? "-" : Hex.encode(block.bytes()),
                        step.getTime().toEpochMilli());
    }

    private static String id(Outcome outcome) {
        Hash intent = Convert.hash(outcome.getIntent());
        return intent + "/" + outcome.getKind();
    }

    private static RuntimeException translated(LogSettings settings, RuntimeException e) {
        if (e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || e.getCause() instanceof ProducerFencedException
                || e.getCause() instanceof InvalidProducerEpochException) {
            return new FencedException("another instance settles now; this one stops", e);
        }
        return new LogUnavailableException(
                "the log at %s did not take an entry: %s".formatted(settings.bootstrapServers(), e), e);
    }
}
