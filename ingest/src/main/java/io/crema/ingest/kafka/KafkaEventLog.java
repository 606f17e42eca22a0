package io.crema.ingest.kafka;

import io.crema.contracts.value.Address;
import io.crema.events.ChainCheckpoint;
import io.crema.events.ReversibleLog;
import io.crema.ingest.watch.EventLog;
import io.crema.ingest.watch.EventLogUnavailableException;
import io.crema.ingest.watch.LogRecord;
import io.crema.ingest.watch.SupersededException;
import io.crema.ingest.watch.Watched;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.RecordCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The chain's events and the checkpoint in Kafka, in one transaction. The transactional id is fixed per deployment: who
 * opens last fences everyone before, and Kafka settles what they left unfinished. For one thread.
 */
public final class KafkaEventLog implements EventLog, AutoCloseable {
    /** Far larger than any record, and small enough for a broker's default. */
    private static final int MAX_REQUEST = 1024 * 1024;

    private static final int BATCH = 128 * 1024;
    private static final long BUFFER = 16L * 1024 * 1024;
    private static final List<Topic> TOPICS =
            List.of(Topic.CHAIN_CHANNELS, Topic.CHAIN_PARTIES, Topic.CHAIN_AGREEMENTS);

    private final String bootstrapServers;
    private final int partitions;
    private final Watched watched;
    private final PublishedReader published;
    private final String source;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** @param contracts the deployment's: the topics may hold events of others */
    public KafkaEventLog(String bootstrapServers, int partitions, Watched watched, List<Address> contracts) {
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
        this.watched = watched;
        this.published = new PublishedReader(bootstrapServers, TOPICS, watched.chainId(), contracts);
        this.source = "/ingest/chain/" + watched.chainId();
    }

    /** Fixed per deployment. */
    public static String transactionalId(Watched watched) {
        return "crema-ingest-" + watched.chainId() + "-" + watched.paymentProvider();
    }

    @Override
    public Optional<ChainCheckpoint> open() {
        close();
        try {
            var opened = new KafkaProducer<byte[], byte[]>(config());
            producer = opened;
            opened.initTransactions();
            checkPartitions(opened);
            return new CheckpointReader(bootstrapServers).newest(watched.paymentProvider());
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void append(List<LogRecord> records, ChainCheckpoint checkpoint) {
        var open = producer;
        if (open == null) {
            throw new IllegalStateException("append without open: open the log first");
        }
        try {
            open.beginTransaction();
            send(open, records, checkpoint);
            open.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new SupersededException(
                    "another ingest of this deployment (transactional id %s) has taken over; run only one"
                            .formatted(transactionalId(watched)),
                    e);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<ReversibleLog> published(long above, Instant since) {
        try {
            return published.above(above, since);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails when a send did
    private void send(KafkaProducer<byte[], byte[]> open, List<LogRecord> records, ChainCheckpoint checkpoint) {
        records.forEach(record -> open.send(message(record)));
        open.send(message(checkpoint));
    }

    /** Whatever is unfinished is aborted. */
    @Override
    public void close() {
        var open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ofSeconds(2));
        }
    }

    private ProducerRecord<byte[], byte[]> message(LogRecord record) {
        var key = record.keyBytes();
        return new ProducerRecord<>(
                record.topic().topicName(),
                Partitions.of(key, partitions),
                record.time().toEpochMilli(),
                key,
                RecordCodec.perThread().encode(record.topic(), record.value()),
                CloudEvents.headers(record.value(), record.id(), source, key, record.time()));
    }

    private ProducerRecord<byte[], byte[]> message(ChainCheckpoint checkpoint) {
        var topic = Topic.CHAIN_CHECKPOINTS;
        return new ProducerRecord<>(
                topic.topicName(),
                watched.paymentProvider().bytes(),
                RecordCodec.perThread().encode(topic, checkpoint));
    }

    private void checkPartitions(KafkaProducer<byte[], byte[]> open) {
        for (var topic : TOPICS) {
            var found = open.partitionsFor(topic.topicName()).size();
            if (found != partitions) {
                throw new IllegalStateException(
                        "topic %s has %d partitions, CREMA_PARTITIONS is %d; the number is final for a deployment: set CREMA_PARTITIONS to %d"
                                .formatted(topic, found, partitions, found));
            }
        }
    }

    private EventLogUnavailableException unavailable(KafkaException e) {
        var why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        return new EventLogUnavailableException(
                "Kafka at %s did not take the chain's events: %s".formatted(bootstrapServers, why), e);
    }

    private Map<String, Object> config() {
        return Map.ofEntries(
                Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "crema-ingest"),
                Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(watched)),
                Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 8_000),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 5), // a commit sends at once
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, BATCH),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST),
                Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
                Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class));
    }
}
