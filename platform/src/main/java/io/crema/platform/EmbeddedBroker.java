package io.crema.platform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One real Kafka node (KRaft: broker and controller together) inside this JVM.
 *
 * <p>It listens on 127.0.0.1 only. Topics are never created by use, have one replica, and keep their records for ever
 * unless the topic says otherwise. Everything lives in the data directory: a broker started on it again has the same
 * cluster id, topics, records and offsets. The port is ephemeral unless one is given; within one instance a restart
 * keeps it, so that clients find the broker again.
 *
 * <p>Threads: {@link #start()} and {@link #close()} are for one owner; the other methods may be called from anywhere.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int NODE = 1;

    private final Path dataDir;
    private final InetAddress address;
    private final String advertisedHost;
    private final int publishedPort;
    private final Map<String, String> overrides;
    private final Map<String, String> listeners;
    private final Consumer<Throwable> onFault;
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private int port;
    private @Nullable Running running;

    private record Running(ControllerServer controller, BrokerServer broker, Metrics metrics, BoundSockets sockets) {}

    private EmbeddedBroker(Builder builder) {
        this.dataDir = builder.dataDir.toAbsolutePath();
        this.port = builder.port;
        this.address = builder.address;
        this.advertisedHost = builder.advertisedHost;
        this.publishedPort = builder.publishedPort;
        this.overrides = Map.copyOf(builder.overrides);
        this.listeners = Map.copyOf(builder.listeners);
        this.onFault = builder.onFault;
    }

    /** A broker on this data directory; the directory is created where it does not exist. */
    public static Builder builder(Path dataDir) {
        return new Builder(dataDir);
    }

    /**
     * Starts the broker and returns when it serves clients.
     *
     * @throws PlatformException if the directory or the port cannot be used, or the node does not come up
     */
    public synchronized EmbeddedBroker start() {
        if (running != null) {
            return this;
        }
        fault.set(null);
        BrokerExit.watch(this);
        var sockets = openSockets();
        try {
            var config = config(sockets);
            format(config);
            running = startNode(config, sockets);
            port = sockets.brokerPort();
            log.info("broker ready at {} data={}", bootstrapServers(), dataDir);
            return this;
        } catch (Exception e) {
            sockets.close();
            throw new PlatformException(
                    "The Kafka broker did not start on data directory " + dataDir + ": " + e.getMessage()
                            + ". Expected an empty directory or one written by this version;"
                            + " use another --data-dir, or see the log above for the first error.",
                    e);
        }
    }

    private BoundSockets openSockets() {
        try {
            return BoundSockets.open(address, port);
        } catch (IOException e) {
            throw new PlatformException(
                    "The Kafka broker cannot listen on " + address.getHostAddress() + ":" + port + " (" + e.getMessage()
                            + "). Expected a free port; give another one, or 0 for any.",
                    e);
        }
    }

    /** {@code host:port}, for {@code bootstrap.servers}. */
    public synchronized String bootstrapServers() {
        if (port == 0) {
            throw new IllegalStateException("The broker has no port yet: call start() first.");
        }
        return advertisedHost + ":" + port;
    }

    /**
     * {@code host:port} of a listener that the builder was asked for; another one after each start.
     *
     * @throws IllegalStateException while the broker does not run
     */
    public synchronized String bootstrapServers(String listener) {
        var node = running;
        if (node == null) {
            throw new IllegalStateException("The broker does not run: call start() first.");
        }
        return "127.0.0.1:" + node.broker().socketServer().boundPort(new ListenerName(listener));
    }

    /** The port for clients; 0 before the first start, unless a fixed one was given. */
    public synchronized int port() {
        return port;
    }

    /** The directory that holds all of this broker's state. */
    public Path dataDir() {
        return dataDir;
    }

    /** The first fault that the node itself called fatal (a full disk, for example); empty while it is well. */
    public Optional<Throwable> fault() {
        return Optional.ofNullable(fault.get());
    }

    /** Stops cleanly: logs are flushed and marked clean, ports are free afterwards. Harmless when not running. */
    @Override
    public synchronized void close() {
        var node = running;
        if (node == null) {
            return;
        }
        running = null;
        node.broker().shutdown(Duration.ofSeconds(5));
        node.controller().shutdown();
        node.metrics().close();
        node.sockets().close();
        BrokerExit.forget(this);
    }

    void failed(Throwable cause) {
        if (fault.compareAndSet(null, cause)) {
            onFault.accept(cause);
        }
    }

    private Running startNode(KafkaConfig config, BoundSockets sockets) {
        var loaded = KafkaRaftServer.initializeLogDirs(config, log, "[broker] ");
        var metrics = new Metrics(Time.SYSTEM);
        var voters = Map.of(NODE, new InetSocketAddress(InetAddress.getLoopbackAddress(), sockets.controllerPort()));
        var shared = new SharedServer(
                config,
                loaded._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(voters),
                List.of(),
                (name, fatal, action) -> (message, cause) -> noteFault(name, fatal, message, cause),
                sockets);
        var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), loaded._2());
        var broker = new BrokerServer(shared);
        try {
            controller.startup();
            broker.startup();
            return new Running(controller, broker, metrics, sockets);
        } catch (RuntimeException e) {
            broker.shutdown(Duration.ofSeconds(1));
            controller.shutdown();
            metrics.close();
            throw e;
        }
    }

    private RuntimeException noteFault(String name, boolean fatal, String message, @Nullable Throwable cause) {
        log.error("broker fault name={} fatal={}: {}", name, fatal, message, cause);
        var thrown = new PlatformException("Kafka broker, " + name + ": " + message, cause);
        if (fatal) {
            failed(thrown);
        }
        return thrown;
    }

    private KafkaConfig config(BoundSockets sockets) {
        var settings = new HashMap<String, String>(BrokerSettings.lean());
        settings.put("node.id", Integer.toString(NODE));
        settings.put("log.dirs", dataDir.toString());
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + sockets.controllerPort());
        settings.put(
                "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(address.getHostAddress(), sockets.brokerPort(), sockets.controllerPort()));
        settings.put("advertised.listeners", "PLAINTEXT://" + advertisedHost + ":" + sockets.brokerPort());
        if (publishedPort != 0) {
            settings.merge("listeners", "PUBLISHED://0.0.0.0:" + publishedPort, (a, b) -> a + "," + b);
            settings.merge("advertised.listeners", "PUBLISHED://127.0.0.1:" + publishedPort, (a, b) -> a + "," + b);
        }
        listeners.forEach((name, protocol) -> {
            settings.merge("listeners", name + "://127.0.0.1:0", (a, b) -> a + "," + b);
            settings.merge("advertised.listeners", name + "://127.0.0.1:0", (a, b) -> a + "," + b);
            settings.merge("listener.security.protocol.map", name + ":" + protocol, (a, b) -> a + "," + b);
        });
        settings.putAll(overrides);
        return KafkaConfig.apply(settings, false);
    }

    private void format(KafkaConfig config) throws Exception {
        if (Files.exists(dataDir.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(dataDir);
        var output = new ByteArrayOutputStream();
        var formatter = new Formatter()
                .setPrintStream(new PrintStream(output, true, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(config.metadataLogDir())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setSupportedFeatures(List.of(Feature.PRODUCTION_FEATURES.toArray(Feature[]::new)))
                .setIgnoreFormatted(true)
                .addDirectory(dataDir.toString());
        try {
            formatter.run();
        } catch (IOException e) {
            throw new UncheckedIOException(output.toString(StandardCharsets.UTF_8), e);
        }
    }

    /** Collects what a broker needs; every setting but the data directory has a default. */
    public static final class Builder {
        private final Path dataDir;
        private int port;
        private InetAddress address = InetAddress.ofLiteral("127.0.0.1");
        private String advertisedHost = "127.0.0.1";
        private int publishedPort;
        private final Map<String, String> overrides = new HashMap<>();
        private final Map<String, String> listeners = new HashMap<>();
        private Consumer<Throwable> onFault = _ -> {};

        private Builder(Path dataDir) {
            this.dataDir = dataDir;
        }

        /** A fixed port for clients; 0, the default, takes any free one. */
        public Builder port(int fixed) {
            this.port = fixed;
            return this;
        }

        /** Listens on all addresses and names itself by this host: for a container, never for a workstation. */
        public Builder reachableAs(String host) {
            this.address = InetAddress.ofLiteral("0.0.0.0");
            this.advertisedHost = host;
            return this;
        }

        /** In a container: a second port, which the engine publishes on the loopback of the machine around it. */
        public Builder publishedAs(int loopbackPort) {
            this.publishedPort = loopbackPort;
            return this;
        }

        /**
         * A further listener on any free port of the loopback.
         *
         * @param name in capital letters; its settings start with {@code listener.name.} and the name in small ones
         * @param protocol of Kafka: SSL, SASL_SSL or another
         */
        public Builder listener(String name, String protocol) {
            listeners.put(name, protocol);
            return this;
        }

        /** Sets one of Kafka's own broker settings. */
        public Builder setting(String name, String value) {
            overrides.put(name, value);
            return this;
        }

        /** Is told the first fatal fault, once, by the thread that met it. */
        public Builder onFault(Consumer<Throwable> listener) {
            onFault = listener;
            return this;
        }

        /** The broker, not yet started. */
        public EmbeddedBroker build() {
            return new EmbeddedBroker(this);
        }

        /** The broker, started. */
        public EmbeddedBroker start() {
            return build().start();
        }
    }
}
