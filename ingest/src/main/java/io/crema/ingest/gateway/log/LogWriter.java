package io.crema.ingest.gateway.log;

import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.RecordCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes with an idempotent producer and acks=all, as machines do that reach Kafka themselves. Thread-safe. */
public final class LogWriter implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * A record on its way.
     *
     * @param key raw
     * @param value in wire format
     * @param id of the CloudEvent
     * @param source of the CloudEvent
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Entry(
            Topic topic, byte[] key, SpecificRecord record, byte[] value, String id, String source, Instant time) {

        /** Encodes the record. */
        public static Entry of(Topic topic, byte[] key, SpecificRecord record, String id, String source, Instant time) {
            return new Entry(topic, key, record, RecordCodec.perThread().encode(topic, record), id, source, time);
        }
    }

    /** Does not wait for the broker. */
    public LogWriter(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", bootstrapServers),
                        Map.entry("client.id", "crema-gateway"),
                        Map.entry("acks", "all"),
                        Map.entry("enable.idempotence", "true"),
                        Map.entry("linger.ms", "0"),
                        Map.entry("max.block.ms", "5000"),
                        Map.entry("request.timeout.ms", "10000"),
                        Map.entry("delivery.timeout.ms", "20000"),
                        Map.entry("reconnect.backoff.ms", "50"),
                        Map.entry("reconnect.backoff.max.ms", "1000"),
                        Map.entry("retry.backoff.ms", "50")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Writes all, in order, and returns when the log has them durably.
     *
     * @return where the last one lies
     * @throws LogAwayException when it has not all of them, as far as is known: write all again
     */
    public RecordMetadata write(List<Entry> entries) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(entries.size());
            for (var entry : entries) {
                sent.add(producer.send(new ProducerRecord<>(
                        entry.topic().topicName(),
                        null,
                        null,
                        entry.key(),
                        entry.value(),
                        CloudEvents.headers(entry.record(), entry.id(), entry.source(), entry.key(), entry.time()))));
            }
            for (var one : sent.subList(0, sent.size() - 1)) {
                one.get();
            }
            return sent.getLast().get();
        } catch (ExecutionException e) {
            throw new LogAwayException("Kafka did not take the records: " + e.getCause(), e);
        } catch (KafkaException e) {
            throw new LogAwayException("Kafka did not take the records: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogAwayException("the gateway is closing", e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
