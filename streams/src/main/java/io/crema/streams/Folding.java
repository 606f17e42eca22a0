package io.crema.streams;

import static org.apache.kafka.streams.StreamsConfig.APPLICATION_ID_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.COMMIT_INTERVAL_MS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.EXACTLY_ONCE_V2;
import static org.apache.kafka.streams.StreamsConfig.GROUP_PROTOCOL_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.MAX_TASK_IDLE_MS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.NUM_STREAM_THREADS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.PROCESSING_GUARANTEE_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.REPLICATION_FACTOR_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.STATE_DIR_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.topicPrefix;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One topology as a running Kafka Streams application. */
final class Folding implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Folding.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String name;
    private final KafkaStreams streams;

    /** @param name of the application: its consumer group, its stores and its own topics carry it */
    Folding(String name, Topology topology, StreamsConfig config, int threads) {
        this.name = name;
        this.streams = new KafkaStreams(topology, properties(name, config, threads));
        streams.setUncaughtExceptionHandler(this::replace);
        streams.setStateListener((now, before) -> log.info("topology={} state={} before={}", name, now, before));
    }

    void start() {
        streams.start();
    }

    String name() {
        return name;
    }

    KafkaStreams.State state() {
        return streams.state();
    }

    @Override
    public void close() {
        if (!streams.close(CLOSING)) {
            log.warn(
                    "topology={} did not stop within {} s; its open transaction will be aborted",
                    name,
                    CLOSING.toSeconds());
        }
    }

    private StreamThreadExceptionResponse replace(Throwable fault) {
        log.error("topology={} thread failed and is replaced: {}", name, fault.toString(), fault);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static Properties properties(String name, StreamsConfig config, int threads) {
        var properties = new Properties();
        properties.put(APPLICATION_ID_CONFIG, name);
        properties.put(BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(PROCESSING_GUARANTEE_CONFIG, EXACTLY_ONCE_V2);
        properties.put(GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        properties.put(NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(REPLICATION_FACTOR_CONFIG, config.replication());
        properties.put(STATE_DIR_CONFIG, config.dataDir().resolve("streams").toString());
        properties.put(STATESTORE_CACHE_MAX_BYTES_CONFIG, 8L << 20);
        properties.put(ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedMemory.class);
        // A task must not wait long for a partition that is simply idle.
        properties.put(MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        properties.put(ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A process that is killed is missed after this long.
        properties.put(consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        properties.put(consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_000);
        properties.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        properties.put(topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), 16 << 20);
        return properties;
    }
}
