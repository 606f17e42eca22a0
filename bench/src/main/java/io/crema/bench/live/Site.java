package io.crema.bench.live;

import io.crema.bench.throughput.BrokerProcess;
import io.crema.bench.throughput.Fleet;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.platform.ChildJvm;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordSerde;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in a process of its own, with our topics and a fleet's channels in it; services start beside it. One owner. */
final class Site implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PARTITIONS = 4;

    private final Path folder;
    private final ChildJvm broker;
    private final String bootstrapServers;
    private final Map<ChannelId, Integer> channels = new HashMap<>();

    /** Returns when the log holds what the chain tells of each channel. */
    Site(Path folder, Fleet fleet) throws InterruptedException, ExecutionException {
        this.folder = folder;
        broker = jvm("broker", BrokerProcess.class, folder.resolve("kafka").toString(), BrokerProcess.READY)
                .build()
                .start();
        bootstrapServers = broker.awaitReady(PATIENCE).substring(BrokerProcess.READY.length());
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
            admin.createTopics(List.of(new NewTopic(ServiceProcess.PASSED, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        open(fleet);
    }

    private void open(Fleet fleet) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "compression.type", "lz4", "linger.ms", "5"),
                new ByteArraySerializer(),
                RecordSerde.serializer())) {
            for (var channel = 0; channel < fleet.channels(); channel++) {
                var id = fleet.id(channel);
                channels.put(id, channel);
                var _ = producer.send(
                        new ProducerRecord<>(Topic.CHAIN_CHANNELS.topicName(), id.bytes(), fleet.opened(channel)));
            }
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    long brokerPid() {
        return broker.pid();
    }

    /** Which of the fleet's channels a record is of. */
    int channel(ChannelId id) {
        var found = channels.get(id);
        if (found == null) {
            throw new IllegalStateException("the log holds channel %s, which this load has not".formatted(id));
        }
        return found;
    }

    int channel(byte[] key) {
        return channel(new ChannelId(Hash.of(key)));
    }

    /**
     * Starts a service; it may still be joining.
     *
     * @param name of the process and its folder: the state of another one is not touched
     */
    ChildJvm start(String service, String name, Map<String, String> environment) {
        var child = jvm(name, ServiceProcess.class, service, ServiceProcess.READY)
                .environment("CREMA_BOOTSTRAP_SERVERS", bootstrapServers)
                .environment("CREMA_DATA_DIR", folder.resolve(name).toString());
        environment.forEach(child::environment);
        var profiles = System.getProperty("crema.bench.profiles", "");
        if (!profiles.isEmpty()) {
            child.jvm("-XX:StartFlightRecording=settings=profile,filename=%s/%s.jfr".formatted(profiles, name));
        }
        return child.build().start();
    }

    /** Ours run with the compiler and the heap that {@code ./crema} gives them. */
    private static ChildJvm.Builder jvm(String name, Class<?> main, String arg, String ready) {
        return ChildJvm.builder(name, main.getName())
                .args(List.of(arg))
                .jvm("-XX:TieredStopAtLevel=4")
                .heap("512m")
                .readyWhen(line -> line.startsWith(ready));
    }

    /** @throws IllegalStateException after too long */
    static void await(String what, BooleanSupplier reached) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited %d s in vain until %s".formatted(PATIENCE.toSeconds(), what));
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
