package io.crema.cli.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's figures over HTTP: /metrics for Prometheus, /health for whoever restarts it. On loopback it answers only
 * those who ask for loopback, so that a web page elsewhere cannot ask by way of a browser here. Thread-safe.
 */
final class MetricsPage implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsPage.class);
    private static final String HOST = "127.0.0.1";
    private static final int MOST_PORTS = 65_535;

    private final RunningService service;
    private final Supplier<String> metrics;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private MetricsPage(RunningService service, Supplier<String> metrics, InetSocketAddress address) {
        this.service = service;
        this.metrics = metrics;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the metrics page cannot have %s; set another CREMA_METRICS_HOST or CREMA_METRICS_PORT"
                            .formatted(address),
                    e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * The service, with a page beside it while it runs if CREMA_METRICS_PORT (0 = any) is set; CREMA_METRICS_HOST is
     * 127.0.0.1 unless set.
     *
     * @throws IllegalArgumentException when the port is none
     */
    static RunningService beside(RunningService service, Supplier<String> metrics, Map<String, String> environment) {
        var port = environment.getOrDefault("CREMA_METRICS_PORT", "").strip();
        if (port.isEmpty()) {
            return service;
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > MOST_PORTS) {
            throw new IllegalArgumentException(
                    "CREMA_METRICS_PORT is %s, expected a whole number from 0 to %d".formatted(port, MOST_PORTS));
        }
        var host = environment.getOrDefault("CREMA_METRICS_HOST", HOST).strip();
        return new WithPage(
                service, new MetricsPage(service, metrics, new InetSocketAddress(host, Integer.parseInt(port))));
    }

    void start() {
        server.start();
        log.info("metrics at http://{}:{}/metrics", server.getAddress().getHostString(), port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var isAsked = exchange.getRequestMethod().equals("GET");
            if (!isNamedHere(exchange)) {
                send(exchange, 421, "ask for 127.0.0.1 or localhost\n");
            } else if (isAsked && exchange.getRequestURI().getPath().equals("/metrics")) {
                send(exchange, 200, metrics.get());
            } else if (isAsked && exchange.getRequestURI().getPath().equals("/health")) {
                send(exchange, service.isReady() ? 200 : 503, service.status() + "\n");
            } else {
                send(exchange, isAsked ? 404 : 405, "GET /metrics or /health\n");
            }
        } catch (RuntimeException e) {
            log.warn("the metrics page cannot answer: {}", e.toString());
            send(exchange, 500, "see the log\n");
        }
    }

    private boolean isNamedHere(HttpExchange exchange) {
        var host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        return !server.getAddress().getAddress().isLoopbackAddress()
                || host.replaceFirst(":\\d+$", "").matches("127\\.0\\.0\\.1|localhost|\\[::1\\]");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A service and its page, started and stopped as one. */
    record WithPage(RunningService service, MetricsPage page) implements RunningService {
        @Override
        public void start() {
            page.start();
            service.start();
        }

        @Override
        public String status() {
            return service.status();
        }

        @Override
        public boolean isReady() {
            return service.isReady();
        }

        @Override
        public void close() {
            page.close();
            service.close();
        }
    }
}
