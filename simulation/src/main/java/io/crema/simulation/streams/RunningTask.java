package io.crema.simulation.streams;

import io.crema.simulation.log.Fetched;
import io.crema.simulation.log.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.internals.StreamsConfigUtils.ProcessingMode;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.internals.ProcessorContextImpl;
import org.apache.kafka.streams.processor.internals.ProcessorStateManager;
import org.apache.kafka.streams.processor.internals.ProcessorTopology;
import org.apache.kafka.streams.processor.internals.RecordCollectorImpl;
import org.apache.kafka.streams.processor.internals.StateDirectory;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.apache.kafka.streams.processor.internals.StreamsProducer;
import org.apache.kafka.streams.processor.internals.Task;
import org.apache.kafka.streams.processor.internals.metrics.StreamsMetricsImpl;
import org.apache.kafka.streams.state.internals.ThreadCache;
import org.jspecify.annotations.Nullable;

/** Kafka Streams' own task between a consumer that is fed and a producer that collects. Not thread-safe. */
final class RunningTask {
    private static final long CACHE_BYTES = 1 << 20;

    private final Time time;
    private final MockProducer<byte[], byte[]> producer;
    private final StreamTask task;

    /** A record on its way to the log; without a partition its key tells. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(
            String topic,
            Optional<Integer> partition,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Optional<Instant> time) {}

    RunningTask(TopologyPlan plan, ProcessorTopology topology, int subtopology, int partition, Time time) {
        this.time = time;
        var config = plan.config();
        var context = new LogContext("simulated ");
        var id = new TaskId(subtopology, partition);
        var metrics = new StreamsMetricsImpl(new Metrics(time), "simulated", time);
        var cache = new ThreadCache(context, CACHE_BYTES, metrics);
        Set<TopicPartition> inputs = new HashSet<>();
        topology.sourceTopics().forEach(topic -> inputs.add(new TopicPartition(topic, partition)));
        var consumer = new MockConsumer<byte[], byte[]>("none");
        consumer.assign(inputs);
        Map<TopicPartition, Long> starts = new HashMap<>();
        inputs.forEach(input -> starts.put(input, 0L));
        consumer.updateBeginningOffsets(starts);
        producer =
                new MockProducer<>(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
        var directory = new StateDirectory(config, time, false, false);
        var stores = new ProcessorStateManager(
                id, Task.TaskType.ACTIVE, false, context, directory, topology.storeToChangelogTopic(), inputs);
        var collector = new RecordCollectorImpl(
                context,
                id,
                new StreamsProducer(producer, ProcessingMode.AT_LEAST_ONCE, time, context),
                config.productionExceptionHandler(),
                metrics,
                topology);
        task = new StreamTask(
                id,
                inputs,
                topology,
                consumer,
                plan.builder().topologyConfigs().getTaskConfig(),
                metrics,
                directory,
                cache,
                time,
                stores,
                collector,
                new ProcessorContextImpl(id, config, stores, metrics, cache),
                context,
                false);
        task.initializeIfNeeded();
        task.completeRestoration(partitions -> {});
    }

    void add(Place place, Fetched fetched) {
        var partition = new TopicPartition(place.topic(), place.partition());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (var record : fetched.records()) {
            records.add(new ConsumerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.time().toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    record.key(),
                    record.value(),
                    new RecordHeaders(),
                    Optional.empty()));
        }
        task.addRecords(partition, records);
        task.updateNextOffsets(partition, new OffsetAndMetadata(fetched.next()));
    }

    /** Processes what was added, looks at the clock, and returns what came of it, the stores' changes included. */
    List<Sent> process() {
        while (task.hasRecordsQueued() && task.isProcessable(time.milliseconds())) {
            task.process(time.milliseconds());
        }
        task.maybePunctuateSystemTime();
        task.prepareCommit(true);
        var sent = producer.history().stream().map(RunningTask::sent).toList();
        producer.clear();
        return sent;
    }

    void committed() {
        task.postCommit(false);
    }

    private static Sent sent(ProducerRecord<byte[], byte[]> record) {
        return new Sent(
                record.topic(),
                Optional.ofNullable(record.partition()),
                record.key(),
                record.value(),
                Optional.ofNullable(record.timestamp()).map(Instant::ofEpochMilli));
    }
}
