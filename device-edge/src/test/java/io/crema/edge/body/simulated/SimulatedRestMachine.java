package io.crema.edge.body.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crema.edge.body.EventKind;
import io.crema.edge.body.MachineType;
import io.crema.edge.body.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A coffee machine with the REST interface of docs/machine-api.yaml, on loopback, that makes cups of nothing and does everything wrong that it is told to. Each job's
 * key is made at most once. Thread-safe.
 */
public final class SimulatedRestMachine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JOBS = "/jobs/";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final MachineType type;
    private final long pourNanos;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Job> jobs = new HashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private volatile Faults faults = (_, _) -> Fault.NONE;
    private String obstacle = "";
    private String failure = "";
    private long cups;

    /** What goes wrong with one request. */
    public enum Fault {
        NONE,
        /** It is not heard, and not answered. */
        LOST,
        /** It is done, and the answer is lost. */
        ANSWER_LOST,
        /** It is done, and the answer takes longer than anybody waits. */
        SLOW,
        /** It is not done; the answer is a server's error. */
        ERROR,
        /** It is done; the answer is a server's error. */
        ERROR_AFTERWARDS,
        /** It is done; the answer is no JSON. */
        GARBAGE,
        /** It is done; the answer is JSON that says nothing. */
        NONSENSE,
        /** It is done; the answer is cut off in its middle. */
        TORN,
        /** It is not done; some other server between says that there is no such page. */
        STRAY
    }

    /** Decides what goes wrong. */
    @FunctionalInterface
    public interface Faults {
        Fault next(String method, String path);
    }

    private record Job(String product, long until, String failure) {}

    /** @param pourMillis how long a cup takes */
    public SimulatedRestMachine(MachineType type, long pourMillis) {
        this.type = type;
        pourNanos = TimeUnit.MILLISECONDS.toNanos(pourMillis);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void faults(Faults wrong) {
        faults = wrong;
    }

    /** Why it makes nothing; empty when it does. */
    public synchronized void obstacle(String sentence) {
        obstacle = sentence;
    }

    /** Why the next jobs fail; empty when they do not. */
    public synchronized void failing(String sentence) {
        failure = sentence;
    }

    /** An event, as the machine tells it. */
    public synchronized void happened(String kind, String detail) {
        events.add(NODES.objectNode().put("kind", kind).put("detail", detail));
    }

    /** Somebody chooses a product on the machine's own screen. */
    public void select(String product) {
        happened("ProductSelected", product);
    }

    /** Cups made, however often they were asked for. */
    public synchronized long cups() {
        return cups;
    }

    private record Answer(int status, JsonNode body) {}

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            var path = exchange.getRequestURI().getPath();
            var request = exchange.getRequestBody().readAllBytes();
            var fault = faults.next(method, path);
            switch (fault) {
                case LOST -> {
                    return;
                }
                case ERROR -> {
                    send(exchange, 503, "busy".getBytes(StandardCharsets.UTF_8));
                    return;
                }
                case STRAY -> {
                    send(exchange, 404, "<html>no such page</html>".getBytes(StandardCharsets.UTF_8));
                    return;
                }
                default -> answer(exchange, fault, handle(exchange, method, path, request));
            }
        }
    }

    private static void answer(HttpExchange exchange, Fault fault, Answer answer) throws IOException {
        var bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
        switch (fault) {
            case ANSWER_LOST -> {
                // the connection is closed without a word
            }
            case SLOW -> {
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                send(exchange, answer.status(), bytes);
            }
            case ERROR_AFTERWARDS -> send(exchange, 500, bytes);
            case GARBAGE -> send(exchange, answer.status(), new byte[] {'{', (byte) 0xFF, 0, 'x'});
            case NONSENSE ->
                send(exchange, answer.status(), "{\"state\":\"done\",\"id\":7}".getBytes(StandardCharsets.UTF_8));
            case TORN -> {
                exchange.sendResponseHeaders(answer.status(), bytes.length + 10L);
                exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
                exchange.getResponseBody().flush();
            }
            default -> send(exchange, answer.status(), bytes);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer handle(HttpExchange exchange, String method, String path, byte[] request) {
        var what = method + " " + path;
        if (what.startsWith("GET " + JOBS)) {
            return job(path.substring(JOBS.length()));
        }
        return switch (what) {
            case "POST /jobs" -> start(exchange.getRequestHeaders().getFirst("Idempotency-Key"), json(request));
            case "GET /products" -> {
                var products = NODES.arrayNode();
                type.products().forEach(product -> products.addObject().put("name", product.name()));
                yield new Answer(200, NODES.objectNode().set("products", products));
            }
            case "GET /availability" -> new Answer(200, availability());
            case "GET /readings" -> new Answer(200, NODES.objectNode().set("readings", readings()));
            case "GET /events" ->
                new Answer(200, events(exchange.getRequestURI().getQuery()));
            default -> new Answer(404, NODES.objectNode().put("reason", "no such page"));
        };
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private Answer job(String id) {
        var job = jobs.get(id);
        return job == null ? new Answer(404, NODES.objectNode().put("id", id)) : new Answer(200, state(id, job));
    }

    private ObjectNode state(String id, Job job) {
        var state = NODES.objectNode().put("id", id).put("product", job.product());
        if (!job.failure().isEmpty()) {
            return state.put("state", "failed").put("reason", job.failure());
        }
        return state.put("state", System.nanoTime() - job.until() < 0 ? "running" : "done");
    }

    private Answer start(String key, JsonNode order) {
        if (key == null || !key.matches("0x[0-9a-f]{64}")) {
            return new Answer(400, NODES.objectNode().put("reason", "Idempotency-Key is missing"));
        }
        var known = jobs.get(key);
        if (known != null) {
            return new Answer(200, state(key, known));
        }
        var product = order.path("product").asText();
        var reason = type.products().stream().map(Product::name).noneMatch(product::equals)
                ? "There is no " + product + "."
                : !obstacle.isEmpty() ? obstacle : failure;
        var job = new Job(product, System.nanoTime() + pourNanos, reason);
        jobs.put(key, job);
        if (reason.isEmpty()) {
            cups++;
            happened(EventKind.PROGRAM_FINISHED.key(), product);
            return new Answer(201, state(key, job));
        }
        return new Answer(reason.equals(failure) ? 201 : 409, state(key, job));
    }

    private ObjectNode availability() {
        return NODES.objectNode().put("available", obstacle.isEmpty()).put("reason", obstacle);
    }

    private ArrayNode readings() {
        var readings = NODES.arrayNode();
        for (var quantity : type.quantities()) {
            var value = switch (quantity) {
                case BOILER_TEMP_COFFEE, BOILER_TEMP_WATER -> 93.0;
                case BOILER_TEMP_STEAM -> 125.0;
                case WATER_PRESSURE, BOILER_PRESSURE_WATER -> 9.0;
                case BOILER_PRESSURE_STEAM -> 1.2;
                case BEAN_LEVEL, WATER_LEVEL -> 100.0;
            };
            readings.addObject()
                    .put("quantity", quantity.word())
                    .put("unit", quantity.unit())
                    .put("value", value);
        }
        return readings;
    }

    private ObjectNode events(String query) {
        var after = query != null && query.matches("after=[0-9]{1,9}") ? Integer.parseInt(query.substring(6)) : 0;
        var list = NODES.arrayNode();
        events.stream().skip(after).forEach(list::add);
        var body = NODES.objectNode().put("cursor", Integer.toString(events.size()));
        body.set("events", list);
        return body;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
