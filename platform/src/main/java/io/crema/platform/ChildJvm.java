package io.crema.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A service of ours as a child process: the same Java, class path and logging, a small heap. It can be stopped, killed
 * and started again, and never outlives this JVM. Its output comes line by line, with its name in front.
 *
 * <p>Threads: one owner starts and stops; the output consumer is called from a thread of its own.
 */
public final class ChildJvm implements AutoCloseable {
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Builder settings;
    private @Nullable Process process;
    private CompletableFuture<String> ready = new CompletableFuture<>();

    private ChildJvm(Builder settings) {
        this.settings = settings;
    }

    /** A child that runs this class's {@code main}; the name is the prefix of its output. */
    public static Builder builder(String name, String mainClass) {
        return new Builder(name, mainClass);
    }

    /** Starts the process, or does nothing if it runs. Returns at once; see {@link #awaitReady}. */
    public synchronized ChildJvm start() {
        if (process != null && process.isAlive()) {
            return this;
        }
        var fresh = new CompletableFuture<String>();
        ready = fresh;
        var builder = new ProcessBuilder(Session.own(settings.command())).redirectErrorStream(true);
        builder.environment().putAll(settings.environment);
        try {
            var started = builder.start();
            process = started;
            Thread.ofVirtual().name(settings.name + "-output").start(() -> pipe(started, fresh));
        } catch (IOException e) {
            throw new PlatformException("Cannot start " + settings.name + ": " + e.getMessage(), e);
        }
        return this;
    }

    /**
     * Waits for the line that the child prints when it serves.
     *
     * @return that line
     * @throws PlatformException if the child ends before, or says nothing in time
     */
    public String awaitReady(Duration limit) {
        try {
            return currentReady().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new PlatformException(settings.name + " ended before it was ready; see its output above.", e);
        } catch (TimeoutException e) {
            throw new PlatformException(
                    settings.name + " was not ready within " + limit.toSeconds() + " s; see its output above.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while waiting for " + settings.name, e);
        }
    }

    public synchronized long pid() {
        return running().pid();
    }

    public synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    /** Ends the process by SIGKILL, waits until it is gone and returns its process id. */
    public synchronized long kill() {
        var victim = running();
        victim.destroyForcibly();
        await(victim, Duration.ofSeconds(10));
        return victim.pid();
    }

    /** Ends the process by SIGTERM, and by SIGKILL if it takes longer than eight seconds. */
    @Override
    public synchronized void close() {
        var victim = process;
        if (victim == null) {
            return;
        }
        victim.destroy();
        if (!await(victim, Duration.ofSeconds(8))) {
            victim.destroyForcibly();
            await(victim, Duration.ofSeconds(2));
        }
    }

    private synchronized CompletableFuture<String> currentReady() {
        return ready;
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(settings.name + " was never started: call start() first.");
        }
        return process;
    }

    private void pipe(Process child, CompletableFuture<String> signal) {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                settings.output.accept("[" + settings.name + "] " + line);
                if (settings.readyLine.test(line)) {
                    signal.complete(line);
                }
            }
        } catch (IOException ended) {
            // a killed child's pipe may break instead of ending
        }
        signal.completeExceptionally(new IOException(settings.name + " ended"));
    }

    private static boolean await(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Collects what a child needs. */
    public static final class Builder {
        private final String name;
        private final String mainClass;
        private List<String> args = List.of();
        private final List<String> jvm = new ArrayList<>(SMALL);
        private final Map<String, String> environment = new HashMap<>();
        private String heap = "96m";
        private Predicate<String> readyLine = line -> true;
        private Consumer<String> output = System.err::println;

        private Builder(String name, String mainClass) {
            this.name = name;
            this.mainClass = mainClass;
        }

        public Builder args(List<String> arguments) {
            this.args = List.copyOf(arguments);
            return this;
        }

        /** Largest heap, as {@code -Xmx} takes it; 96m where nothing is said. */
        public Builder heap(String size) {
            this.heap = size;
            return this;
        }

        /** One more option for the child's JVM. */
        public Builder jvm(String option) {
            jvm.add(option);
            return this;
        }

        public Builder environment(String key, String value) {
            environment.put(key, value);
            return this;
        }

        /** Which line of its output says that it serves; the first one where nothing is said. */
        public Builder readyWhen(Predicate<String> line) {
            this.readyLine = line;
            return this;
        }

        /** Where its output goes, prefixed; standard error where nothing is said. */
        public Builder output(Consumer<String> lines) {
            this.output = lines;
            return this;
        }

        /** The child, not yet started. */
        public ChildJvm build() {
            return new ChildJvm(this);
        }

        private List<String> command() {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var command = new ArrayList<>(List.of(java, "-Xms16m", "-Xmx" + heap));
            command.addAll(jvm);
            ProjectHome.find().ifPresent(home -> command.add("-Dcrema.home=" + home));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildMain.class.getName(), mainClass));
            command.addAll(args);
            return command;
        }
    }
}
