package io.crema.ingest.kafka;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.events.ReversibleLog;
import io.crema.ingest.watch.EventLog;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads back what was published from the newest blocks, so that it can be taken back. A record's timestamp is its block's
 * time: only the end of each partition is read. Stateless.
 */
final class PublishedReader {
    private static final int SILENT_POLLS = 20;

    private final String bootstrapServers;
    private final List<Topic> topics;
    private final long chainId;
    private final Set<Address> contracts;

    private record Id(Hash block, int log) {
        private static Id of(Origin origin) {
            return new Id(Convert.hash(origin.getBlockHash()), origin.getLogIndex());
        }
    }

    /** @param topics all that hold events of these contracts */
    PublishedReader(String bootstrapServers, List<Topic> topics, long chainId, List<Address> contracts) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.chainId = chainId;
        this.contracts = Set.copyOf(contracts);
    }

    /**
     * What is published from blocks above one, and not taken back; newest first.
     *
     * @param since that block's time
     */
    List<ReversibleLog> above(long number, Instant since) {
        Map<Id, ReversibleLog> found = new HashMap<>();
        try (var consumer = CommittedRecords.consumer(bootstrapServers, "crema-ingest-rewind")) {
            var partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
            var ends = consumer.endOffsets(partitions);
            consumer.offsetsForTimes(times).forEach((partition, start) -> {
                if (start == null) {
                    consumer.seek(partition, ends.getOrDefault(partition, 0L));
                } else {
                    consumer.seek(partition, start.offset());
                }
            });
            read(consumer, ends, number, found);
        }
        return found.values().stream().sorted(EventLog.NEWEST_FIRST).toList();
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            long above,
            Map<Id, ReversibleLog> found) {
        var silent = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var messages = consumer.poll(Duration.ofMillis(500));
            messages.forEach(message -> add(message, above, found));
            silent = messages.isEmpty() ? silent + 1 : 0;
            if (silent == SILENT_POLLS) {
                throw new TimeoutException("no answer while reading back the newest events of " + topics);
            }
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> message, long above, Map<Id, ReversibleLog> found) {
        var value = RecordCodec.perThread().decode(message.value());
        var origin = origin(value);
        if (origin.getBlockNumber() <= above
                || origin.getChainId() != chainId
                || !contracts.contains(Convert.address(origin.getContract()))) {
            return;
        }
        if (value instanceof LogReversed) {
            found.remove(Id.of(origin));
        } else {
            var topic = Topic.named(message.topic()).orElseThrow();
            found.put(
                    Id.of(origin),
                    LogRecord.of(topic, message.key(), value, origin).reversible());
        }
    }

    /** Every record of the chain's topics has one. */
    private static Origin origin(SpecificRecord value) {
        var field = Objects.requireNonNull(
                value.getSchema().getField("origin"),
                () -> value.getSchema().getFullName() + " has no origin, but lies in a topic of the chain's events");
        return (Origin) value.get(field.pos());
    }
}
