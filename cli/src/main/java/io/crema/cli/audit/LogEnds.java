package io.crema.cli.audit;

import io.crema.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the log is read, so that an audit while everything moves needs no rest: effects are bounded before their
 * causes, so what caused a record in range is in range, too. An end of committed records names transactions whose
 * records are all below an end of written records that is taken after it.
 *
 * @param ends of each topic by partition
 * @param acceptedBefore the end of committed receipts when the balances' end was taken: a balance knows them all
 * @param folded up to where streams has committed its work on a topic when the balances' end was taken; zero where it
 *     has none
 */
public record LogEnds(Map<Topic, long[]> ends, long[] acceptedBefore, Map<Topic, long[]> folded) {
    /** The consumer group in which streams folds channels. */
    static final String GROUP = "crema-balances";

    private static final int TIMEOUT_MILLIS = 15_000;

    /** Effects first. */
    private static final List<Topic> EFFECTS = List.of(
            Topic.OUTCOMES, Topic.TRANSACTIONS, Topic.BALANCES, Topic.QUARANTINE, Topic.INTENTS, Topic.RECEIPTS);

    private static final List<Topic> CAUSES =
            List.of(Topic.CHAIN_CHANNELS, Topic.CHAIN_PARTIES, Topic.CHANNEL_COMMANDS, Topic.EDGE_RECEIPTS);

    /** By partition; empty for a topic that was not asked for. */
    public long[] end(Topic topic) {
        return ends.getOrDefault(topic, new long[0]);
    }

    /** Whether streams has committed its work on the record. */
    boolean isFolded(LogRecord record) {
        var offsets = folded.get(record.topic());
        return offsets != null && record.offset() < offsets[record.partition()];
    }

    boolean isFoldedAnywhere() {
        return folded.values().stream().flatMapToLong(Arrays::stream).anyMatch(offset -> offset > 0);
    }

    /**
     * @param checkpoints reads the checkpoints up to their ends, before the ends of the chain's events are taken
     * @throws UnreadableException when the broker does not answer, or a topic is missing
     */
    public static LogEnds take(String bootstrapServers, Consumer<long[]> checkpoints) {
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS))) {
            var partitions = partitions(admin);
            var folded = folded(admin, partitions);
            var accepted = ends(admin, Topic.RECEIPTS, partitions, IsolationLevel.READ_COMMITTED);
            Map<Topic, long[]> ends = new EnumMap<>(Topic.class);
            var checked = ends(admin, Topic.CHAIN_CHECKPOINTS, partitions, IsolationLevel.READ_COMMITTED);
            ends.put(Topic.CHAIN_CHECKPOINTS, checked);
            for (var topic : EFFECTS) {
                ends.put(topic, ends(admin, topic, partitions, IsolationLevel.READ_UNCOMMITTED));
            }
            checkpoints.accept(checked);
            for (var topic : CAUSES) {
                ends.put(topic, ends(admin, topic, partitions, IsolationLevel.READ_UNCOMMITTED));
            }
            return new LogEnds(ends, accepted, folded);
        } catch (ExecutionException | KafkaException e) {
            throw new UnreadableException(
                    "the log at %s cannot be read: %s".formatted(bootstrapServers, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("interrupted while the log was asked for its ends", e);
        }
    }

    private static Map<Topic, Integer> partitions(Admin admin) throws ExecutionException, InterruptedException {
        List<Topic> topics = new ArrayList<>(EFFECTS);
        topics.addAll(CAUSES);
        topics.add(Topic.CHAIN_CHECKPOINTS);
        var described = admin.describeTopics(
                        topics.stream().map(Topic::topicName).toList())
                .allTopicNames()
                .get();
        Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
        described.forEach((name, description) -> Topic.named(name)
                .ifPresent(
                        topic -> partitions.put(topic, description.partitions().size())));
        return partitions;
    }

    private static long[] ends(Admin admin, Topic topic, Map<Topic, Integer> partitions, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        var ends = new long[partitions.getOrDefault(topic, 0)];
        Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
        for (var partition = 0; partition < ends.length; partition++) {
            questions.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
        }
        admin.listOffsets(questions, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, info) -> ends[partition.partition()] = info.offset());
        return ends;
    }

    private static Map<Topic, long[]> folded(Admin admin, Map<Topic, Integer> partitions)
            throws ExecutionException, InterruptedException {
        Map<Topic, long[]> folded = new EnumMap<>(Topic.class);
        Collection<Topic> inputs = List.of(
                Topic.EDGE_RECEIPTS, Topic.CHAIN_CHANNELS, Topic.CHAIN_PARTIES, Topic.OUTCOMES, Topic.CHANNEL_COMMANDS);
        inputs.forEach(topic -> folded.put(topic, new long[partitions.getOrDefault(topic, 0)]));
        // Offsets of open transactions are not among them: the newest committed ones are asked for.
        admin.listConsumerGroupOffsets(Map.of(GROUP, new ListConsumerGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(GROUP)
                .get()
                .forEach((partition, offset) -> {
                    var topic = Topic.named(partition.topic());
                    if (offset != null && topic.isPresent()) {
                        var offsets = folded.getOrDefault(topic.get(), new long[0]);
                        if (partition.partition() < offsets.length) {
                            offsets[partition.partition()] = offset.offset();
                        }
                    }
                });
        return folded;
    }
}
