package io.crema.streams;

import static org.apache.kafka.streams.StreamsConfig.APPLICATION_ID_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.COMMIT_INTERVAL_MS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.EXACTLY_ONCE_V2;
import static org.apache.kafka.streams.StreamsConfig.GROUP_PROTOCOL_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.MAX_TASK_IDLE_MS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.NUM_STREAM_THREADS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.POLL_MS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.PROCESSING_GUARANTEE_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.REPLICATION_FACTOR_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.STATE_DIR_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.topicPrefix;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;

/** What every topology of ours runs with; whoever compares another topology with them takes the same. Stateless. */
public final class ApplicationSettings {
    private ApplicationSettings() {}

    /** @param name of the application: its consumer group, its stores and its own topics carry it */
    public static Properties of(String name, StreamsConfig config, int threads) {
        var properties = new Properties();
        properties.put(APPLICATION_ID_CONFIG, name);
        properties.put(BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(PROCESSING_GUARANTEE_CONFIG, EXACTLY_ONCE_V2);
        properties.put(GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        // A thread that waits for records looks as often whether something is to be committed.
        properties.put(POLL_MS_CONFIG, 20L);
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
        config.instance().applyTo(properties);
        properties.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        // A transaction's first batch may be refused while the one before is still being closed; batches that were sent
        // behind it would only be refused as well.
        properties.put(producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        properties.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        properties.put(topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), 16 << 20);
        return properties;
    }
}
