package io.crema.projections.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.projections.fold.FoldState;
import io.crema.projections.read.ChainContracts;
import io.crema.projections.read.Directory;
import io.crema.projections.store.Database;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The HTTP server: the API, its stream, its description, and the console where it is built in. */
public final class WebServer implements AutoCloseable {
    private static final String CONSOLE = "/console";

    private final ObjectMapper json = new ObjectMapper();
    private final Errors errors = new Errors(json);
    private final Api api;
    private final Hub hub;
    private final Stream stream;
    private final Javalin server;
    private final String host;
    private final int port;

    /** @param port 0 takes any free one */
    public WebServer(
            Database database,
            Supplier<FoldState> fold,
            Changed changed,
            InstantSource clock,
            Directory names,
            ChainContracts contracts,
            String host,
            int port) {
        this.host = host;
        this.port = port;
        this.api = new Api(database, fold, changed, clock, json, names, contracts);
        this.hub = new Hub(database, names, changed, clock);
        this.stream = new Stream(hub, json);
        this.server = Javalin.create(this::configure);
    }

    public void start() {
        hub.start();
        server.start(host, port);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        hub.close();
        server.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        // Events must leave at once, and whoever serves this to the outside compresses.
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.concurrency.useVirtualThreads = true;
        // Streams never end by themselves, so there is nothing to wait for.
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
        errors.addTo(config.routes);
        api.addTo(config.routes);
        config.routes.get("/api/stream", stream::serve);
        config.routes.get("/openapi.yaml", WebServer::description);
        config.routes.get("/api/*", context -> {
            throw ApiException.notFound("path", context.path());
        });
        if (WebServer.class.getResource(CONSOLE + "/index.html") != null) {
            config.staticFiles.add(CONSOLE, Location.CLASSPATH);
            config.spaRoot.addFile("/", CONSOLE + "/index.html", Location.CLASSPATH);
        }
    }

    private static void description(Context context) throws IOException {
        try (var in = WebServer.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IOException("openapi.yaml is missing on the class path");
            }
            context.contentType("application/yaml").result(in.readAllBytes());
        }
    }
}
