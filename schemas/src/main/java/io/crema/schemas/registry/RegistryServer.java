package io.crema.schemas.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crema.schemas.wire.CommittedSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema registry in this process that speaks the Confluent API and serves exactly the committed schemas under their
 * committed ids. Registering one of them answers its id; anything that would change something is refused. No service of
 * ours needs it: it is for other tools. Thread-safe.
 */
public final class RegistryServer implements AutoCloseable {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_BODY = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryAnswers answers = new RegistryAnswers(CommittedSchemas.instance());
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /**
     * Listens on 127.0.0.1.
     *
     * @param port 0 = any free one, see {@link #port()}
     */
    public RegistryServer(int port) {
        this(InetAddress.getLoopbackAddress(), port);
    }

    /** Listens on another address, for a container. */
    public RegistryServer(InetAddress address, int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the schema registry cannot listen on %s port %d: %s; choose a free port, or 0 for any"
                            .formatted(address.getHostAddress(), port, e.getMessage()),
                    e);
        }
        server.setExecutor(requests);
        server.createContext("/", this::handle);
    }

    /** Starts to answer; returns at once. */
    public RegistryServer start() {
        server.start();
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The address for clients on this machine. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                var body = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
                var answer = answers.answer(exchange.getRequestMethod(), path(exchange.getRequestURI()), body);
                send(exchange, 200, JSON.writeValueAsBytes(answer));
            } catch (RegistryFault fault) {
                var answer =
                        JSON.createObjectNode().put("error_code", fault.code()).put("message", fault.getMessage());
                send(exchange, fault.status(), JSON.writeValueAsBytes(answer));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static List<String> path(URI uri) {
        try {
            return Arrays.stream(uri.getRawPath().split("/", -1))
                    .filter(part -> !part.isEmpty())
                    .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw RegistryFault.badRequest("the path is not URL-encoded: " + e.getMessage());
        }
    }
}
