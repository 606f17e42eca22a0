package io.crema.edge.kafka;

import io.crema.edge.publish.LogPort;
import io.crema.edge.publish.Parcel;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends with an idempotent producer and acks=all; one for all machines of a process. The key's murmur2 chooses the
 * partition, as for everyone. Thread-safe.
 */
public final class KafkaLog implements LogPort, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("client.id", "crema-edge"),
            Map.entry("acks", "all"),
            Map.entry("enable.idempotence", "true"),
            Map.entry("linger.ms", "0"),
            Map.entry("batch.size", "131072"),
            Map.entry("buffer.memory", "8388608"),
            Map.entry("max.block.ms", "5000"),
            Map.entry("request.timeout.ms", "10000"),
            Map.entry("delivery.timeout.ms", "30000"),
            Map.entry("reconnect.backoff.ms", "50"),
            Map.entry("reconnect.backoff.max.ms", "1000"),
            Map.entry("retry.backoff.ms", "50"),
            Map.entry("enable.metrics.push", "false"),
            Map.entry("metric.reporters", ""));

    private final KafkaProducer<byte[], byte[]> producer;

    /** Without security. Does not wait for the broker: it may come later. */
    public KafkaLog(String bootstrapServers) {
        this(KafkaAccess.open(bootstrapServers));
    }

    /**
     * Does not wait for the broker: it may come later.
     *
     * @throws IllegalArgumentException when certificate or key are not what Kafka's client takes
     */
    public KafkaLog(KafkaAccess access) {
        var properties = access.properties();
        properties.putAll(SETTINGS);
        try {
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            var why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IllegalArgumentException("Kafka's client does not take %s: %s".formatted(access, why), e);
        }
    }

    @Override
    public CompletionStage<?> send(Parcel parcel, String source) {
        var done = new CompletableFuture<Topic>();
        try {
            var value = RecordCodec.perThread().encode(parcel.topic(), parcel.record());
            var headers = CloudEvents.headers(parcel.record(), parcel.id(), source, parcel.key(), parcel.time());
            var record = new ProducerRecord<>(parcel.topic().topicName(), null, null, parcel.key(), value, headers);
            var _ = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    done.complete(parcel.topic());
                } else {
                    done.completeExceptionally(failure);
                }
            });
        } catch (KafkaException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
