package io.crema.settlement.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach the log.
 *
 * @param bootstrapServers host:port, comma separated
 * @param partitions of every topic; final for a deployment
 */
public record LogSettings(String bootstrapServers, int partitions) {
    /**
     * The transactional id of the one writer, and the group that the intents' offsets are committed for. One for all
     * accounts: an intent belongs to none of them until it is in a transaction, so whoever may take one up has to be
     * the only one.
     */
    public static final String NAME = "settlement";

    /** How long an answer may take; the log is opened anew after it. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    Properties producer() {
        var properties = client("writer");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, NAME);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) PATIENCE.toMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 25_000);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1 << 20);
        return properties;
    }

    Properties consumer(String role, boolean committedOnly) {
        var properties = client(role);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, NAME);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committedOnly ? "read_committed" : "read_uncommitted");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        return properties;
    }

    private Properties client(String role) {
        var properties = new Properties();
        properties.putAll(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                NAME + "-" + role,
                "reconnect.backoff.max.ms",
                "1000"));
        return properties;
    }
}
