package io.crema.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.cli.audit.Invariant;
import io.crema.cli.fleet.Rentals;
import io.crema.cli.fleet.SendingKey;
import io.crema.cli.system.Environment;
import io.crema.cli.system.ServiceName;
import io.crema.edge.EdgeConfig;
import io.crema.edge.EdgeService;
import io.crema.edge.world.TcpWorld;
import io.crema.edge.world.World;
import io.crema.projections.ProjectionsConfig;
import io.crema.projections.ProjectionsService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The services of one demo with their configuration, keys and addresses. */
final class DemoServices implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ServiceName> BACKGROUND =
            List.of(ServiceName.STREAMS, ServiceName.INGEST, ServiceName.SETTLEMENT, ServiceName.PROJECTIONS);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path dataDir;
    private final Environment environment;
    private final EnumSet<ServiceName> asChildren;
    private final ServiceSet services;
    private final URI console;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor();
    private final String broker;
    private final Optional<NetworkLine> line;
    private @Nullable EdgeService edge;
    private @Nullable World world;

    DemoServices(DemoOptions options, Path dataDir, LocalSystem system, Rentals rentals, int confirmations)
            throws IOException {
        this.dataDir = dataDir;
        this.broker = system.broker().bootstrapServers();
        this.line = options.offline().isPresent() ? Optional.of(new NetworkLine()) : Optional.empty();
        this.asChildren = EnumSet.noneOf(ServiceName.class);
        options.kills().forEach(kill -> asChildren.add(kill.service()));
        var port = options.port() == 0 ? freePort() : options.port();
        this.console = URI.create("http://127.0.0.1:" + port);
        this.environment = new Environment()
                .kafka(broker, LocalSystem.PARTITIONS)
                .chain(system.chain().rpcUrl(), rentals.contracts(), confirmations)
                .set("CREMA_JDBC_URL", system.postgres().jdbcUrl())
                .set("CREMA_HTTP_PORT", port)
                .set("CREMA_DIRECTORY", directory())
                .set("CREMA_CONTRACTS", dataDir.resolve("contracts.json"))
                .set("CREMA_EDGE_TELEMETRY_SECONDS", 5)
                .set("CREMA_LOG_LEVEL", "WARN");
        keyStore(rentals);
        this.services = new ServiceSet(environment, dataDir, asChildren, new ChildLog(dataDir.resolve("logs")));
    }

    /** The names that the console shows. */
    Path directory() {
        return dataDir.resolve("directory.json");
    }

    /** Where the edge keeps its machines. */
    Path edgeDir() {
        return dataDir.resolve(ServiceName.EDGE.text());
    }

    /** Where the console answers, from the start on and after a restart of projections, too. */
    URI console() {
        return console;
    }

    /** Starts everything but the edge, side by side. */
    CompletableFuture<Void> startBackground() {
        return CompletableFuture.allOf(BACKGROUND.stream()
                .map(name -> CompletableFuture.runAsync(() -> start(name), starters))
                .toArray(CompletableFuture[]::new));
    }

    /** Starts the edge on the machines that are provisioned; the world is the way to them. */
    World startEdge() throws IOException {
        if (asChildren.contains(ServiceName.EDGE)) {
            var remote = new TcpWorld(PATIENCE);
            environment.set("CREMA_EDGE_WORLD", "127.0.0.1:" + remote.address().getPort());
            world = remote;
            start(ServiceName.EDGE);
            return remote;
        }
        var variables = new HashMap<>(environment.of(ServiceName.EDGE, dataDir));
        line.ifPresent(it -> variables.put("CREMA_BOOTSTRAP_SERVERS", it.address()));
        var local = new EdgeService(EdgeConfig.fromEnvironment(variables));
        local.start();
        edge = local;
        return local.localWorld();
    }

    /** The machines find the network; returns how many receipts they had kept meanwhile. */
    long plugIn() {
        var kept = edge == null ? 0 : edge.status().unpublished();
        line.ifPresent(it -> it.plugIn(broker));
        return kept;
    }

    private void start(ServiceName name) {
        try {
            services.start(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("stopped", e);
        }
    }

    long killAndRestart(ServiceName name) {
        return services.killAndRestart(name);
    }

    String statuses() {
        return services.statuses().entrySet().stream()
                .map(entry -> entry.getKey().text() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Whether the read models have folded everything that the log holds. */
    boolean readModelsAreCurrent() {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(console.resolve("/api/health"))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    && StreamSupport.stream(
                                    JSON.readTree(answer.body()).path("topics").spliterator(), false)
                            .allMatch(topic -> topic.path("lag").asLong() == 0);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Invariant 5: makes the read models anew from the log and compares them row for row. */
    Invariant rebuildReadModels() {
        var config = ProjectionsConfig.fromEnvironment(environment.of(ServiceName.PROJECTIONS, dataDir));
        try {
            var result = ProjectionsService.rebuild(config);
            return new Invariant(
                    5,
                    result.identical(),
                    result.identical()
                            ? "read models rebuilt from %d records are the same, row for row"
                                    .formatted(result.records())
                            : String.join("; ", result.differences()));
        } catch (SQLException e) {
            return new Invariant(5, false, "the read models cannot be rebuilt: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (edge != null) {
            edge.close();
        }
        line.ifPresent(DemoServices::unplug);
        services.close();
        if (world != null) {
            world.close();
        }
        http.shutdownNow();
        starters.shutdown();
    }

    /** Settlement sends from the manufacturer's account; its key lies encrypted, also in a demo. */
    private void keyStore(Rentals rentals) throws IOException {
        var files =
                SendingKey.in(dataDir.resolve("keys"), rentals.manufacturer().key());
        environment.set("CREMA_KEYSTORE", files.file()).set("CREMA_KEYSTORE_PASSWORD_FILE", files.passwordFile());
    }

    private static void unplug(NetworkLine line) {
        try {
            line.close();
        } catch (IOException e) {
            System.err.println("crema: " + e.getMessage());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
