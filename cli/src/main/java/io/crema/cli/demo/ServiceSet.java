package io.crema.cli.demo;

import io.crema.cli.Crema;
import io.crema.cli.system.Environment;
import io.crema.cli.system.RunningService;
import io.crema.cli.system.ServiceName;
import io.crema.cli.system.Services;
import io.crema.platform.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The demo's services: in this process, except those that shall be killed, which are processes of their own. */
final class ServiceSet implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);

    private final Environment environment;
    private final Path dataDir;
    private final Set<ServiceName> asChildren;
    private final Consumer<String> log;
    private final Map<ServiceName, RunningService> inProcess = new EnumMap<>(ServiceName.class);
    private final Map<ServiceName, ChildJvm> children = new EnumMap<>(ServiceName.class);

    /** @param log where the children's output goes */
    ServiceSet(Environment environment, Path dataDir, Set<ServiceName> asChildren, Consumer<String> log) {
        this.environment = environment;
        this.dataDir = dataDir;
        this.asChildren = asChildren;
        this.log = log;
    }

    /** Starts the service and returns when it does its work. */
    void start(ServiceName name) throws InterruptedException {
        var variables = environment.of(name, dataDir);
        if (asChildren.contains(name)) {
            child(name, variables).awaitReady(READY);
            return;
        }
        var service = Services.create(name, variables);
        synchronized (this) {
            inProcess.put(name, service);
        }
        service.start();
        if (!service.awaitReady(READY)) {
            throw new DemoException("%s was not ready within %d s; it says: %s"
                    .formatted(name.text(), READY.toSeconds(), service.status()));
        }
    }

    private synchronized ChildJvm child(ServiceName name, Map<String, String> variables) {
        var child = ChildJvm.builder(name.text(), Crema.class.getName())
                .args(List.of("run", name.text()))
                .readyWhen(line -> line.startsWith(name.text() + " ready"))
                .output(log);
        variables.forEach(child::environment);
        var started = child.build().start();
        children.put(name, started);
        return started;
    }

    /** Ends a child with SIGKILL and starts it again; returns the killed process's id. */
    long killAndRestart(ServiceName name) {
        ChildJvm child;
        synchronized (this) {
            child = children.get(name);
        }
        if (child == null) {
            throw new IllegalStateException(name.text() + " does not run as a process of its own");
        }
        var pid = child.kill();
        child.start();
        child.awaitReady(READY);
        return pid;
    }

    /** Each service's state in a sentence. */
    synchronized Map<ServiceName, String> statuses() {
        Map<ServiceName, String> statuses = new EnumMap<>(ServiceName.class);
        inProcess.forEach((name, service) -> statuses.put(name, service.status()));
        children.forEach(
                (name, child) -> statuses.put(name, child.alive() ? "runs as process " + child.pid() : "is down"));
        return statuses;
    }

    @Override
    public void close() {
        List<AutoCloseable> all = new ArrayList<>();
        synchronized (this) {
            // All at once, so that a stop takes as long as the slowest one.
            for (var name : List.of(
                    ServiceName.EDGE,
                    ServiceName.PROJECTIONS,
                    ServiceName.SETTLEMENT,
                    ServiceName.STREAMS,
                    ServiceName.INGEST)) {
                if (inProcess.containsKey(name)) {
                    all.add(inProcess.get(name));
                }
                if (children.containsKey(name)) {
                    all.add(children.get(name));
                }
            }
            inProcess.clear();
            children.clear();
        }
        try (var closers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : all) {
                closers.submit(() -> close(one));
            }
        }
    }

    private static void close(AutoCloseable service) {
        try {
            service.close();
        } catch (Exception e) {
            System.err.println("crema: " + e.getMessage());
        }
    }
}
