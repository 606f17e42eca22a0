package io.crema.cli.demo;

import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelBalance;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the balances in the log. */
final class BalanceTail implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<ChannelId, ChannelBalance> balances = new ConcurrentHashMap<>();
    private final Thread thread;

    BalanceTail(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topic.BALANCES.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = Thread.ofPlatform().name("balance-tail").daemon().start(this::follow);
    }

    Optional<ChannelBalance> balance(ChannelId channel) {
        return Optional.ofNullable(balances.get(channel));
    }

    private void follow() {
        try (consumer) {
            while (true) {
                for (var record : consumer.poll(Duration.ofMillis(250))) {
                    if (record.value() != null) {
                        var balance = RecordCodec.perThread().decode(record.value(), ChannelBalance.class);
                        balances.put(Convert.channel(balance.getChannel()), balance);
                    }
                }
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
