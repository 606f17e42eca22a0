package io.crema.edge.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.body.ThingDescription;
import io.crema.edge.chain.NewestReceipt;
import io.crema.edge.chain.QrCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * The machine's health on loopback: / for people, /health, /thing, /receipt and /readings as JSON, /metrics for Prometheus. It answers only
 * requests that name this machine, so that a web page elsewhere cannot ask by way of a browser here. Thread-safe.
 */
final class HealthPage implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MachineRun machine;
    private final Report report;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @throws UncheckedIOException when the port is taken */
    HealthPage(MachineRun machine, int port) {
        this.machine = machine;
        this.report = new Report(machine);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the health page cannot have port %d on loopback; set another one in edge.json (health.port)"
                            .formatted(port),
                    e);
        }
        server.setExecutor(threads);
        on("/health", "GET", this::health);
        on(
                "/metrics",
                "GET",
                exchange -> send(exchange, 200, "text/plain; version=0.0.4", Metrics.text(report.json())));
        on("/", "GET", exchange -> send(exchange, 200, "text/html; charset=utf-8", HealthHtml.page(report.json())));
        on("/thing", "GET", exchange -> send(exchange, 200, "application/td+json", write(thing())));
        on("/receipt", "GET", exchange -> receipt(exchange, "application/json", text -> text + "\n"));
        on(
                "/receipt.svg",
                "GET",
                exchange -> receipt(
                        exchange, "image/svg+xml", text -> QrCode.of(text).toSvg()));
        machine.body()
                .type()
                .quantities()
                .forEach(quantity ->
                        on("/readings/" + quantity.word(), "GET", exchange -> reading(exchange, quantity.word())));
        if (machine.config().body().adapter() instanceof BodyConfig.Pins pins && pins.simulated()) {
            on("/press", "POST", this::press);
        }
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void on(String path, String method, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, 404, "text/plain", "not found\n");
                } else if (!exchange.getRequestMethod().equals(method)) {
                    send(exchange, 405, "text/plain", "only " + method + "\n");
                } else if (!isNamedHere(exchange)) {
                    send(exchange, 421, "text/plain", "ask for 127.0.0.1 or localhost\n");
                } else {
                    handler.handle(exchange);
                }
            }
        });
    }

    private boolean isNamedHere(HttpExchange exchange) {
        var host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        return host.replaceFirst(":\\d+$", "").matches("127\\.0\\.0\\.1|localhost|\\[::1\\]");
    }

    /** 200 while it serves or pours, else 503; what monitors ask for. */
    private void health(HttpExchange exchange) throws IOException {
        var json = report.json();
        var state = Report.State.valueOf(json.path("state").asText());
        var well = state == Report.State.SERVING || state == Report.State.POURING;
        send(exchange, well ? 200 : 503, "application/json", write(json));
    }

    private ObjectNode thing() {
        return ThingDescription.of(
                machine.body().type(), machine.config().serial(), URI.create("http://127.0.0.1:%d/".formatted(port())));
    }

    /** What anybody may submit to redeem the channel (crema edge submit). */
    private void receipt(HttpExchange exchange, String type, UnaryOperator<String> form) throws IOException {
        var newest = machine.serving()
                .flatMap(it -> it.host()
                        .newestUnlessBusy()
                        .map(receipt -> NewestReceipt.of(it.host().provisioning(), receipt)));
        if (newest.isEmpty()) {
            send(exchange, 404, "text/plain", "there is no receipt yet, or a cup is under way\n");
        } else {
            send(exchange, 200, type, form.apply(newest.get().toJson()));
        }
    }

    private void reading(HttpExchange exchange, String quantity) throws IOException {
        var value = machine.serving()
                .flatMap(it -> it.host().sensorsUnlessBusy())
                .flatMap(all -> all.stream()
                        .filter(it -> it.quantity().equals(quantity))
                        .findFirst());
        if (value.isEmpty()) {
            send(exchange, 503, "text/plain", "it cannot be read now\n");
        } else {
            send(exchange, 200, "application/json", value.get().value() + "\n");
        }
    }

    /** For a simulated body only: presses the button of the product that is the request's body. */
    private void press(HttpExchange exchange) throws IOException {
        var name = new String(exchange.getRequestBody().readNBytes(200), StandardCharsets.UTF_8).strip();
        machine.presses().press(ProductId.named(name));
        send(exchange, 202, "text/plain", "pressed " + name + "\n");
    }

    private static String write(Object json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always writable", e);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
