package io.crema.simulation.streams;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.InternalTopologyBuilder;
import org.apache.kafka.streams.processor.internals.ProcessorTopology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.apache.kafka.streams.state.internals.KeyValueStoreBuilder;

/**
 * A topology, ready to be made into tasks, with its stores in memory rather than on disk: the layers above them, with
 * cache and changelog, are the real ones. Kafka has no public way to this; TopologyTestDriver, which knows one partition
 * alone, does the same from within its package. Not thread-safe.
 */
public final class TopologyPlan {
    private final String application;
    private final StreamsConfig config;
    private final InternalTopologyBuilder builder;
    private final Map<Integer, Set<String>> sources = new HashMap<>();
    private final Map<Integer, Set<String>> changelogs = new HashMap<>();
    private Map<String, KeyValueStore<Bytes, byte[]>> stores = new LinkedHashMap<>();

    /** @param application the application id: internal topics are named after it */
    public TopologyPlan(String application, Topology topology) {
        this.application = application;
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, System.getProperty("java.io.tmpdir"));
        config = new StreamsConfig(properties);
        builder = (InternalTopologyBuilder) value(field(Topology.class, "internalTopologyBuilder"), topology);
        builder.stateStores().values().forEach(factory -> keepInMemory(factory.builder(), factory.storeName()));
        builder.rewriteTopology(config);
    }

    /** One task's own processors and stores. */
    record Built(ProcessorTopology topology, Map<String, KeyValueStore<Bytes, byte[]>> stores) {}

    Built build(int subtopology) {
        stores = new LinkedHashMap<>();
        return new Built(builder.buildSubtopology(subtopology), stores);
    }

    /** In ascending order. */
    public List<Integer> subtopologies() {
        return IntStream.range(0, builder.subtopologyToTopicsInfo().size())
                .boxed()
                .toList();
    }

    /** The topics that a subtopology reads, internal ones included. */
    Set<String> sources(int subtopology) {
        return sources.computeIfAbsent(
                subtopology,
                number -> new TreeSet<>(builder.buildSubtopology(number).sourceTopics()));
    }

    /** The topics that a subtopology's stores are restored from. */
    Set<String> changelogs(int subtopology) {
        return changelogs.computeIfAbsent(
                subtopology,
                number -> new TreeSet<>(
                        builder.buildSubtopology(number).storeToChangelogTopic().values()));
    }

    String application() {
        return application;
    }

    StreamsConfig config() {
        return config;
    }

    InternalTopologyBuilder builder() {
        return builder;
    }

    private void keepInMemory(Object storeBuilder, String name) {
        if (!(storeBuilder instanceof KeyValueStoreBuilder<?, ?>)) {
            throw new IllegalStateException(
                    "store %s is built by %s; the simulation knows plain key-value stores only, teach it this kind"
                            .formatted(name, storeBuilder.getClass().getName()));
        }
        try {
            field(KeyValueStoreBuilder.class, "storeSupplier").set(storeBuilder, new InMemory(name));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("store " + name + " cannot be put into memory", e);
        }
    }

    private static Field field(Class<?> owner, String name) {
        try {
            var field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(
                    "%s has no field %s any more; adapt this class to the version of Kafka".formatted(owner, name), e);
        }
    }

    private static Object value(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }

    /** Remembers the innermost store, which a restore fills. */
    private final class InMemory implements KeyValueBytesStoreSupplier {
        private final String name;

        InMemory(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            var store = new InMemoryKeyValueStore(name);
            stores.put(name, store);
            return store;
        }

        @Override
        public String metricsScope() {
            return "in-memory";
        }
    }
}
