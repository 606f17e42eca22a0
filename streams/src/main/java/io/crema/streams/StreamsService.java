package io.crema.streams;

import io.crema.contracts.crypto.Secp256k1;
import io.crema.schemas.topic.Topic;
import io.crema.streams.analytics.AnalyticsTopology;
import io.crema.streams.channels.BalancesSettings;
import io.crema.streams.channels.BalancesTopology;
import io.crema.streams.machines.MachinesTopology;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topologies of balances, machines and analytics. Waits for a broker and topics that are not there yet; the
 * topics are the caller's to create. Thread-safe.
 */
public final class StreamsService implements AutoCloseable {
    static final String BALANCES = "crema-balances";
    static final String MACHINES = "crema-machines";
    static final String ANALYTICS = "crema-analytics";

    private static final Logger log = LoggerFactory.getLogger(StreamsService.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final int ADMIN_TIMEOUT_MILLIS = 5_000;

    private final StreamsConfig config;
    private final InstantSource clock;
    private final ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("streams-starter").factory());
    private List<Folding> foldings = List.of();
    private Optional<Admin> admin = Optional.empty();
    private String waitsFor = "the broker";
    private boolean started;
    private boolean closed;

    public StreamsService(StreamsConfig config) {
        this(config, InstantSource.system());
    }

    /** @param clock that restores are measured by */
    StreamsService(StreamsConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Returns at once; the topologies run when the broker has their topics. */
    public synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        log.info(
                "streams starting bootstrap={} partitions={} threads={} instance={} standbys={} secp256k1={} policy={}"
                        + " rule={}",
                config.bootstrapServers(),
                config.partitions(),
                config.threads(),
                config.instance().name().orElse("unnamed"),
                config.instance().standbys(),
                Secp256k1.instance().name(),
                config.policy(),
                config.rule());
        starter.execute(this::await);
    }

    public synchronized StreamsStatus status() {
        if (closed) {
            return new StreamsStatus(StreamsStatus.State.STOPPED, "streams is stopped");
        }
        if (foldings.isEmpty()) {
            return new StreamsStatus(StreamsStatus.State.WAITING, "streams waits for " + waitsFor);
        }
        for (var folding : foldings) {
            if (folding.state().hasCompletedShutdown() || folding.state() == KafkaStreams.State.PENDING_ERROR) {
                return new StreamsStatus(
                        StreamsStatus.State.FAILED, folding.name() + " has failed; see the log, then restart streams");
            }
            if (folding.state() != KafkaStreams.State.RUNNING) {
                return new StreamsStatus(StreamsStatus.State.STARTING, starting(folding));
            }
        }
        return new StreamsStatus(StreamsStatus.State.RUNNING, "all topologies run");
    }

    /** Metrics in Prometheus' text format; docs/operations.md tells what they mean. Reads stores: seconds apart, please. */
    public String metrics() {
        List<Folding> running;
        synchronized (this) {
            running = closed ? List.of() : foldings;
        }
        return new Gauges(config.partitions(), clock).text(status(), running);
    }

    private static String starting(Folding folding) {
        var restore = folding.restore();
        return restore.running() == 0
                ? folding.name() + " is joining"
                : "%s restores its stores: %d of %d records"
                        .formatted(folding.name(), restore.restored(), restore.toRestore());
    }

    /** Returns when the topologies have stopped, within a few seconds. */
    @Override
    public void close() {
        List<Folding> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = foldings;
            admin.ifPresent(client -> client.close(Duration.ZERO));
        }
        starter.shutdownNow();
        // Each waits for its threads; side by side they take as long as the slowest.
        var closing = running.stream()
                .map(folding ->
                        Thread.ofPlatform().name("closing-" + folding.name()).start(folding::close))
                .toList();
        for (var thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        log.info("streams stopped");
    }

    /** Looks whether all topics are there; starts, or looks again later. */
    private void await() {
        try {
            var missing = missingTopics();
            if (missing.isEmpty()) {
                // Side by side: each takes a while to open its stores and to join.
                for (var folding : foldings()) {
                    Thread.ofPlatform().name("starting-" + folding.name()).start(() -> start(folding));
                }
                return;
            }
            waitFor("topics " + missing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException | RuntimeException e) {
            waitFor("the broker at %s (%s)".formatted(config.bootstrapServers(), e.getMessage()));
        }
        synchronized (this) {
            if (!closed) {
                starter.schedule(this::await, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private List<String> missingTopics() throws ExecutionException, InterruptedException {
        Set<String> present = client().listTopics().names().get();
        return Arrays.stream(Topic.values())
                .map(Topic::topicName)
                .filter(name -> !present.contains(name))
                .toList();
    }

    private synchronized Admin client() {
        if (closed) {
            throw new IllegalStateException("streams is stopped");
        }
        if (admin.isEmpty()) {
            admin = Optional.of(Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    config.bootstrapServers(),
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    ADMIN_TIMEOUT_MILLIS,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    ADMIN_TIMEOUT_MILLIS)));
        }
        return admin.get();
    }

    private synchronized void waitFor(String what) {
        if (!what.equals(waitsFor)) {
            log.info("streams waits for {}", what);
            waitsFor = what;
        }
    }

    private void start(Folding folding) {
        try {
            folding.start();
        } catch (IllegalStateException e) {
            log.info("topology={} was stopped before it ran", folding.name());
        }
    }

    private synchronized List<Folding> foldings() {
        if (closed) {
            return List.of();
        }
        admin.ifPresent(Admin::close);
        admin = Optional.empty();
        var balances = new BalancesSettings(
                config.partitions(),
                config.payment(),
                config.policy(),
                config.mostWaitingPerMachine(),
                Duration.ofSeconds(1));
        foldings = List.of(
                new Folding(BALANCES, BalancesTopology.of(balances), config, config.threads(), clock),
                new Folding(
                        MACHINES,
                        MachinesTopology.of(config.partitions(), config.maintenance(), config.rule()),
                        config,
                        1,
                        clock),
                new Folding(ANALYTICS, AnalyticsTopology.of(config.partitions()), config, 1, clock));
        return foldings;
    }
}
