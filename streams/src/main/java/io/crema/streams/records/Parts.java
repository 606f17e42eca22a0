package io.crema.streams.records;

import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordSerde;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The named parts that our topologies are built of. Everything travels as bytes and is decoded in the processors. */
public final class Parts {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private Parts() {}

    /** A topic of the catalogue as a stream of bytes. */
    public static KStream<byte[], byte[]> source(StreamsBuilder builder, Topic topic) {
        return builder.stream(topic.topicName(), Consumed.with(BYTES, BYTES).withName(sourceName(topic)));
    }

    /** A topic of the catalogue, for processors that name their sources themselves. */
    public static void addSource(Topology topology, Topic topic) {
        var bytes = new ByteArrayDeserializer();
        topology.addSource(sourceName(topic), bytes, bytes, topic.topicName());
    }

    /** The name of a topic's source in every topology. */
    public static String sourceName(Topic topic) {
        return "from-" + topic.topicName().replace('.', '-');
    }

    /** A repartition topic of the topology's own. */
    public static Repartitioned<byte[], byte[]> repartition(String name, int partitions) {
        return Repartitioned.with(BYTES, BYTES).withName(name).withNumberOfPartitions(partitions);
    }

    public static void sink(Topology topology, Topic topic, String... processors) {
        sink(topology, Outbound.sink(topic), topic, processors);
    }

    /** One by another name: parts that share a sink become one subtopology, and a task would have the work of both. */
    public static void sink(Topology topology, String name, Topic topic, String... processors) {
        topology.addSink(name, topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer(), processors);
    }

    /**
     * A processor with its stores, that no record stops: what it fails at again and again goes to quarantine, so the
     * topology connects it with that sink.
     *
     * @param source the service as CloudEvents names it
     * @param quarantine the sink's name
     */
    public static ProcessorSupplier<byte[], byte[], byte[], byte[]> guarded(
            String source,
            String quarantine,
            Supplier<Processor<byte[], byte[], byte[], byte[]>> processor,
            StoreBuilder<?>... stores) {
        var setbacks = new Setbacks();
        return processor(() -> new Guard(processor.get(), source, quarantine, setbacks), stores);
    }

    /** A processor with its stores. */
    public static ProcessorSupplier<byte[], byte[], byte[], byte[]> processor(
            Supplier<Processor<byte[], byte[], byte[], byte[]>> processor, StoreBuilder<?>... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                // In order: the description of a topology is compared.
                return new LinkedHashSet<>(Arrays.asList(stores));
            }
        };
    }

    /**
     * On disk, with a changelog. Without a cache in front: a channel or a machine changes once per record, and its next
     * record comes long after the commit.
     */
    public static <T extends SpecificRecord> StoreBuilder<KeyValueStore<byte[], T>> records(
            String name, Class<T> type) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), BYTES, bounded(type));
    }

    /** A changelog's producer would refuse what is too large, at a commit, when nobody knows which record made it so. */
    private static <T extends SpecificRecord> Serde<T> bounded(Class<T> type) {
        var serde = RecordSerde.of(type);
        return Serdes.serdeFrom(
                (topic, value) -> {
                    var bytes = serde.serializer().serialize(topic, value);
                    if (bytes != null && bytes.length > Outbound.MOST_BYTES) {
                        throw new IllegalStateException("a %s of %d bytes for %s, expected at most %d"
                                .formatted(type.getSimpleName(), bytes.length, topic, Outbound.MOST_BYTES));
                    }
                    return bytes;
                },
                serde.deserializer());
    }

    /** What a task counts: in memory, with a changelog; many changes within a commit are one. */
    public static StoreBuilder<KeyValueStore<byte[], byte[]>> figures(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), BYTES, BYTES)
                .withCachingEnabled();
    }

    /** On disk, with a changelog. */
    public static StoreBuilder<KeyValueStore<byte[], byte[]>> bytes(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), BYTES, BYTES);
    }
}
