package io.crema.ingest.gateway.log;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.MachineId;
import io.crema.events.ChainCheckpoint;
import io.crema.ingest.gateway.fold.Book;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the log into a book from its beginning, and goes on. A block counts as seen only when all events up to it are
 * folded: its checkpoint may be read before them, because they lie in other partitions. Thread-safe.
 */
public final class LogFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogFollower.class);
    private static final List<Topic> CHAIN = List.of(Topic.CHAIN_CHANNELS, Topic.CHAIN_PARTIES, Topic.CHAIN_AGREEMENTS);
    private static final List<Topic> TOPICS = List.of(
            Topic.CHAIN_CHANNELS,
            Topic.CHAIN_PARTIES,
            Topic.CHAIN_AGREEMENTS,
            Topic.CHAIN_CHECKPOINTS,
            Topic.MACHINE_COMMANDS,
            Topic.MACHINE_TARIFFS,
            Topic.REVOCATIONS);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CHECKPOINTS_READ_BACK = 16;
    private static final long AGAIN_MILLIS = 1000;

    private final String bootstrapServers;
    private final Address contract;
    private final Following following;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> reader;

    /** @param contract whose checkpoints say how far the log knows the chain */
    public LogFollower(String bootstrapServers, Address contract, Following following) {
        this.bootstrapServers = bootstrapServers;
        this.contract = contract;
        this.following = following;
        this.thread = Thread.ofPlatform().name("gateway-log").start(this::run);
    }

    private void run() {
        try {
            do {
                try {
                    new Reading().follow();
                } catch (WakeupException | InterruptException e) {
                    return;
                } catch (KafkaException | IllegalStateException e) {
                    log.warn("the log cannot be followed, will begin again: {}", e.getMessage());
                }
            } while (!closing.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            log.debug("interrupted while closing");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        var open = reader;
        if (open != null) {
            open.wakeup();
        }
        try {
            if (!thread.join(Duration.ofSeconds(3))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One reading of the log from its beginning. */
    private final class Reading {
        private final Book book = new Book();
        private final Map<TopicPartition, Long> positions = new HashMap<>();
        private @Nullable ChainCheckpoint waiting;
        private Map<TopicPartition, Long> waitsFor = Map.of();
        private @Nullable ChainCheckpoint newest;

        void follow() {
            try (var consumer = new KafkaConsumer<byte[], byte[]>(config("read_committed"));
                    var probe = new KafkaConsumer<byte[], byte[]>(config("read_uncommitted"))) {
                reader = consumer;
                var all = partitions(consumer, TOPICS);
                var chain = partitions(probe, CHAIN);
                probe.assign(chain);
                consumer.assign(all);
                consumer.seekToBeginning(all);
                var ends = consumer.endOffsets(all);
                skipOldCheckpoints(consumer, ends);
                var ready = false;
                while (closing.getCount() > 0) {
                    var touched = new HashSet<MachineId>();
                    for (var message : consumer.poll(POLL)) {
                        touched.addAll(apply(message));
                    }
                    for (var partition : all) {
                        positions.put(partition, consumer.position(partition));
                    }
                    see(probe, chain);
                    following.moved(positions, touched);
                    if (!ready && reached(ends)) {
                        ready = true;
                        following.caughtUp(book);
                        log.info(
                                "the gateway has read the log records={}",
                                ends.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum());
                    }
                }
            }
        }

        private Set<MachineId> apply(ConsumerRecord<byte[], byte[]> message) {
            var topic = Topic.named(message.topic()).orElseThrow();
            try {
                if (message.value() == null) {
                    return Set.of();
                }
                var record = RecordCodec.perThread().decode(message.value());
                if (record instanceof ChainCheckpoint checkpoint) {
                    if (Arrays.equals(message.key(), contract.bytes())) {
                        newest = checkpoint;
                    }
                    return Set.of();
                }
                return book.apply(topic, message.key(), record);
            } catch (RuntimeException e) {
                log.warn(
                        "a record was left out topic={} partition={} offset={}: {}",
                        topic,
                        message.partition(),
                        message.offset(),
                        e.getMessage());
                return Set.of();
            }
        }

        /** Uncommitted ends: an event of the checkpoint's transaction may still wait for its commit marker. */
        private void see(KafkaConsumer<byte[], byte[]> probe, List<TopicPartition> chain) {
            if (waiting == null && newest != null) {
                waiting = newest;
                newest = null;
                waitsFor = probe.endOffsets(chain);
            }
            if (waiting != null && reached(waitsFor)) {
                var last = waiting.getRecent().isEmpty()
                        ? null
                        : waiting.getRecent().getLast().getTime();
                book.seen(waiting.getBlockNumber(), Optional.ofNullable(last));
                waiting = null;
            }
        }

        private boolean reached(Map<TopicPartition, Long> ends) {
            return ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }

        private void skipOldCheckpoints(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
            ends.forEach((partition, end) -> {
                if (partition.topic().equals(Topic.CHAIN_CHECKPOINTS.topicName())) {
                    consumer.seek(partition, Math.max(0, end - CHECKPOINTS_READ_BACK));
                }
            });
        }

        private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, List<Topic> topics) {
            return topics.stream()
                    .flatMap(topic -> {
                        var found = consumer.partitionsFor(topic.topicName());
                        if (found == null || found.isEmpty()) {
                            throw new IllegalStateException("topic %s does not exist yet".formatted(topic));
                        }
                        return found.stream();
                    })
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
        }
    }

    private Map<String, Object> config(String isolation) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "crema-gateway-" + isolation,
                "isolation.level",
                isolation,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                false,
                "default.api.timeout.ms",
                10_000,
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class);
    }
}
