package io.crema.streams;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One topology as a running Kafka Streams application. */
final class Folding implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Folding.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String name;
    private final KafkaStreams streams;
    private final RestoreWatch restore;
    private final GroupMembershipOperation atClose;
    private final AtomicLong failures = new AtomicLong();

    /** @param name of the application: its consumer group, its stores and its own topics carry it */
    Folding(String name, Topology topology, StreamsConfig config, int threads, InstantSource clock) {
        this.name = name;
        this.restore = new RestoreWatch(name, clock);
        this.atClose = config.instance().atClose();
        this.streams = new KafkaStreams(topology, ApplicationSettings.of(name, config, threads));
        streams.setUncaughtExceptionHandler(this::replace);
        streams.setGlobalStateRestoreListener(restore);
        streams.setStateListener((now, before) -> log.info("topology={} state={} before={}", name, now, before));
    }

    void start() {
        streams.start();
    }

    String name() {
        return name;
    }

    KafkaStreams.State state() {
        return streams.state();
    }

    KafkaStreams streams() {
        return streams;
    }

    /** How many threads have failed and were replaced. */
    long failures() {
        return failures.get();
    }

    RestoreWatch.Progress restore() {
        return restore.progress();
    }

    @Override
    public void close() {
        if (!streams.close(CloseOptions.timeout(CLOSING).withGroupMembershipOperation(atClose))) {
            log.warn(
                    "topology={} did not stop within {} s; its open transaction will be aborted",
                    name,
                    CLOSING.toSeconds());
        }
    }

    private StreamThreadExceptionResponse replace(Throwable fault) {
        failures.incrementAndGet();
        log.error("topology={} thread failed and is replaced: {}", name, fault.toString(), fault);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
