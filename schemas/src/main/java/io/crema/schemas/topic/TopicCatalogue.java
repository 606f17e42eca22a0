package io.crema.schemas.topic;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Creates the topics of {@link Topic}. All keyed topics share one number of partitions, which is final for a
 * deployment: another number is refused. Thread-safe.
 *
 * @param partitions of every topic; chain checkpoints have one
 * @param replication 1 on one broker, 3 on a cluster
 */
public record TopicCatalogue(int partitions, short replication) {
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);
    private static final int TRIES = 300;

    public TopicCatalogue {
        if (partitions < 1) {
            throw new IllegalArgumentException("topics need at least 1 partition, got " + partitions);
        }
    }

    public int partitions(Topic topic) {
        return topic == Topic.CHAIN_CHECKPOINTS ? 1 : partitions;
    }

    /** All topics as Kafka creates them. */
    public List<NewTopic> newTopics() {
        return Arrays.stream(Topic.values()).map(this::newTopic).toList();
    }

    /**
     * Creates the missing topics and checks the others. Returns when each partition's leader serves it: a producer that
     * begins before may find its second batch taken and its first refused, and then waits for its delivery timeout.
     *
     * @throws IllegalStateException when a topic exists with another number of partitions
     */
    public void create(Admin admin) throws InterruptedException {
        try {
            var existing = admin.listTopics().names().get();
            var wanted = newTopics();
            var missing = wanted.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
            awaitLeaders(admin, missing);
            var present = wanted.stream()
                    .map(NewTopic::name)
                    .filter(existing::contains)
                    .toList();
            var described = admin.describeTopics(present).allTopicNames().get();
            for (var topic : wanted) {
                var found = described.get(topic.name());
                if (found != null && found.partitions().size() != topic.numPartitions()) {
                    throw new IllegalStateException(
                            "topic %s has %d partitions, this deployment is configured for %d: the number is final, set it back to %d"
                                    .formatted(
                                            topic.name(),
                                            found.partitions().size(),
                                            topic.numPartitions(),
                                            found.partitions().size()));
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics cannot be created: " + e.getCause(), e.getCause());
        }
    }

    /** Only the leader answers with offsets. */
    private static void awaitLeaders(Admin admin, List<NewTopic> topics)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (var topic : topics) {
            for (var partition = 0; partition < topic.numPartitions(); partition++) {
                all.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        patiently(() -> admin.listOffsets(all).all(), ASK_AGAIN);
    }

    /** A broker may not have heard of a topic that the controller has created: asks again, for half a minute. */
    static void patiently(Supplier<KafkaFuture<?>> call, Duration pause)
            throws InterruptedException, ExecutionException {
        for (var left = TRIES; ; left--) {
            try {
                call.get().get();
                return;
            } catch (ExecutionException e) {
                if (left <= 1 || !(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                Thread.sleep(pause);
            }
        }
    }

    private NewTopic newTopic(Topic topic) {
        Map<String, String> config = new HashMap<>();
        switch (topic.kind()) {
            case TABLE -> {
                config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            }
            case EVENTS, TELEMETRY -> {
                config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                config.put(
                        TopicConfig.RETENTION_MS_CONFIG,
                        topic.retention().map(d -> Long.toString(d.toMillis())).orElse("-1"));
                config.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
            }
        }
        if (topic == Topic.EDGE_RECEIPTS || topic == Topic.EDGE_TELEMETRY) {
            config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        }
        if (topic == Topic.CHAIN_CHECKPOINTS) {
            // a checkpoint comes with each block and lists the logs of the last ones: it may be large, and is soon old
            config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(16 * 1024 * 1024));
            config.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(32 * 1024 * 1024));
        }
        return new NewTopic(topic.topicName(), partitions(topic), replication).configs(config);
    }
}
