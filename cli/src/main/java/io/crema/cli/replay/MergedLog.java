package io.crema.cli.replay;

import io.crema.cli.audit.LogReader;
import io.crema.cli.audit.UnreadableException;
import io.crema.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Several topics from their first records on, in the order of the log's time, as a stream task takes them. Holds a
 * bounded number of records per partition. Stateless.
 */
final class MergedLog {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int IDLE_POLLS = 120;
    private static final int MOST_HELD = 2_000;

    private static final class Source {
        private final Queue<ConsumerRecord<byte[], byte[]>> held = new ArrayDeque<>();
        private final TopicPartition partition;
        private final long end;
        private boolean paused;

        private Source(TopicPartition partition, long end) {
            this.partition = partition;
            this.end = end;
        }

        private long time() {
            var first = held.peek();
            return first == null ? Long.MAX_VALUE : first.timestamp();
        }
    }

    private MergedLog() {}

    /** @param ends by partition, exclusive */
    static void read(
            String bootstrapServers, Map<Topic, long[]> ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Source> sources = new HashMap<>();
        ends.forEach((topic, byPartition) -> {
            for (var i = 0; i < byPartition.length; i++) {
                if (byPartition[i] > 0) {
                    var partition = new TopicPartition(topic.topicName(), i);
                    sources.put(partition, new Source(partition, byPartition[i]));
                }
            }
        });
        try (var consumer = LogReader.consumer(bootstrapServers)) {
            consumer.assign(sources.keySet());
            consumer.seekToBeginning(sources.keySet());
            merge(consumer, sources, reader);
        } catch (KafkaException e) {
            throw new UnreadableException("the log cannot be read: " + e.getMessage(), e);
        }
    }

    private static void merge(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Source> sources,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        List<Source> unfilled = new ArrayList<>(sources.values());
        var filled = new PriorityQueue<>(Comparator.comparingLong(Source::time)
                .thenComparing(source -> source.partition.topic())
                .thenComparingInt(source -> source.partition.partition()));
        while (true) {
            fill(consumer, sources, unfilled);
            filled.addAll(unfilled.stream().filter(s -> !s.held.isEmpty()).toList());
            unfilled.clear();
            var first = filled.poll();
            if (first == null) {
                return;
            }
            var record = first.held.poll();
            if (record != null) {
                reader.accept(record);
            }
            if (first.held.isEmpty()) {
                unfilled.add(first);
            } else {
                filled.add(first);
            }
        }
    }

    /** Returns when each of them has a record, or has come to its end. */
    private static void fill(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Source> sources, List<Source> unfilled) {
        var idle = 0;
        while (unfilled.stream().anyMatch(s -> s.held.isEmpty() && consumer.position(s.partition) < s.end)) {
            for (var source : sources.values()) {
                var pause = source.held.size() > MOST_HELD || consumer.position(source.partition) >= source.end;
                if (pause != source.paused) {
                    source.paused = pause;
                    if (pause) {
                        consumer.pause(List.of(source.partition));
                    } else {
                        consumer.resume(List.of(source.partition));
                    }
                }
            }
            var polled = consumer.poll(POLL);
            idle = polled.isEmpty() ? idle + 1 : 0;
            if (idle > IDLE_POLLS) {
                throw new UnreadableException("the log does not come to its end: a transaction stays open");
            }
            for (var record : polled) {
                var source = sources.get(new TopicPartition(record.topic(), record.partition()));
                if (source != null && record.offset() < source.end) {
                    source.held.add(record);
                }
            }
        }
    }
}
