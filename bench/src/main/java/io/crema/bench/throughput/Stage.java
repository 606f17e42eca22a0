package io.crema.bench.throughput;

import io.crema.platform.ChildJvm;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A broker in a process of its own with our topics, and folding processes beside it. One owner. */
final class Stage implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** As many looks without a change say that nothing is under way. */
    private static final int QUIET = 10;

    private final Path folder;
    private final ChildJvm broker;
    private final String bootstrapServers;
    private final Admin admin;

    Stage(Path folder) throws InterruptedException, ExecutionException {
        this.folder = folder;
        broker = jvm(
                        "broker",
                        BrokerProcess.class,
                        List.of(folder.resolve("kafka").toString()),
                        BrokerProcess.READY)
                .build()
                .start();
        bootstrapServers = broker.awaitReady(PATIENCE).substring(BrokerProcess.READY.length());
        admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers));
        new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
        var more = List.of(Loading.SINGLES, PlainAggregate.ACCEPTED, PlainAggregate.BALANCES);
        admin.createTopics(more.stream()
                        .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                        .toList())
                .all()
                .get();
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    long brokerPid() {
        return broker.pid();
    }

    Path state(String application) {
        return folder.resolve("state-" + application);
    }

    /** Starts a process that folds; it may still be joining. */
    ChildJvm fold(Kind kind, String application, List<String> more) {
        var args = new ArrayList<>(List.of(
                kind.name(), application, bootstrapServers, state(application).toString()));
        args.addAll(more);
        var child = jvm(application, FoldingProcess.class, args, FoldingProcess.READY);
        if (kind == Kind.BOUNCY_CASTLE) {
            child.jvm("-Dcrema.secp256k1=BouncyCastle");
        }
        var profiles = System.getProperty("crema.bench.profiles", "");
        if (!profiles.isEmpty()) {
            child.jvm(("-XX:StartFlightRecording=settings=profile,jdk.CPUTimeSample#enabled=true,"
                            + "filename=%s/%s-%s.jfr")
                    .formatted(profiles, application, kind.name()));
        }
        return child.build().start();
    }

    /** Returns when the application has folded all that was there when it was asked. */
    void awaitFolded(String application) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (var topic : List.of(Topic.EDGE_RECEIPTS, Topic.CHAIN_CHANNELS)) {
            IntStream.range(0, PARTITIONS)
                    .forEach(p -> ends.put(new TopicPartition(topic.topicName(), p), OffsetSpec.latest()));
        }
        var wanted = admin.listOffsets(ends).all().get();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var committed = committed(application);
            if (wanted.entrySet().stream()
                    .allMatch(end -> committed.getOrDefault(end.getKey(), 0L)
                            >= end.getValue().offset())) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(application + " has not folded its input within " + PATIENCE);
            }
            pause();
        }
    }

    /** The same, and what the topology tells itself is folded too: nothing is committed any more. */
    void awaitQuiet(String application) throws InterruptedException, ExecutionException {
        awaitFolded(application);
        Map<TopicPartition, Long> before = Map.of();
        for (var quiet = 0; quiet < QUIET; ) {
            var committed = committed(application);
            quiet = committed.equals(before) ? quiet + 1 : 0;
            before = committed;
            pause();
        }
    }

    /** How many records of the topic the application has committed. */
    long committed(String application, String topic) throws InterruptedException, ExecutionException {
        return committed(application).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Map<TopicPartition, Long> committed(String application) throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
        return offsets;
    }

    static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    static void pause() {
        LockSupport.parkNanos(LOOK.toNanos());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
        broker.close();
    }

    static long bytes(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    static void delete(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }

    private static ChildJvm.Builder jvm(String name, Class<?> main, List<String> args, String ready) {
        return ChildJvm.builder(name, main.getName())
                .args(args)
                .jvm("-XX:TieredStopAtLevel=4")
                .heap("512m")
                .readyWhen(line -> line.startsWith(ready));
    }
}
