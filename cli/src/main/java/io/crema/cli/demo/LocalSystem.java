package io.crema.cli.demo;

import io.crema.platform.Anvil;
import io.crema.platform.EmbeddedBroker;
import io.crema.platform.EmbeddedPostgres;
import io.crema.schemas.registry.RegistryServer;
import io.crema.schemas.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** The real broker, schema registry, database and chain below a data directory, started side by side. */
final class LocalSystem implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final long STOP_SECONDS = 8;
    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);

    private final ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> started = Collections.synchronizedList(new ArrayList<>());
    private final Future<EmbeddedBroker> broker;
    private final Future<EmbeddedPostgres> postgres;
    private final Future<Anvil> chain;
    private final RegistryServer registry = new RegistryServer(0).start();
    private boolean closed;

    /** Starts everything; each part is waited for when it is asked for. */
    LocalSystem(Path dataDir, boolean keepChain) {
        chain = start(() -> {
            var anvil = Anvil.builder().blockTime(BLOCK_TIME);
            return (keepChain ? anvil.state(dataDir.resolve("chain/state.json")) : anvil).start();
        });
        broker = start(() -> {
            var started = EmbeddedBroker.builder(dataDir.resolve("kafka")).start();
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", started.bootstrapServers()))) {
                new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
            }
            return started;
        });
        postgres = start(() -> EmbeddedPostgres.start(dataDir.resolve("postgres")));
    }

    /** For other people's tools; no service of ours needs it. */
    RegistryServer registry() {
        return registry;
    }

    EmbeddedBroker broker() {
        return get(broker);
    }

    EmbeddedPostgres postgres() {
        return get(postgres);
    }

    Anvil chain() {
        return get(chain);
    }

    private <T extends AutoCloseable> Future<T> start(Callable<T> starter) {
        return starters.submit(() -> {
            var part = starter.call();
            synchronized (this) {
                if (!closed) {
                    started.add(part);
                    return part;
                }
            }
            part.close();
            throw new IllegalStateException("the system is stopping");
        });
    }

    private static <T> T get(Future<T> part) {
        try {
            return part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Stops what was started, all at once: the services that use it have ended before. */
    @Override
    public void close() {
        List<AutoCloseable> parts;
        synchronized (this) {
            closed = true;
            parts = new ArrayList<>(started);
        }
        registry.close();
        starters.shutdown();
        try (var stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach(part -> stoppers.submit(() -> close(part)));
            // What is still starting ends itself when it is up; its directory must stay until then.
            List.of(chain, broker, postgres).forEach(part -> stoppers.submit(() -> awaitEnd(part)));
        }
    }

    private static void awaitEnd(Future<?> part) {
        try {
            part.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It did not start, or takes too long to wait for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("crema: " + part.getClass().getSimpleName() + " did not stop: " + e);
        }
    }
}
