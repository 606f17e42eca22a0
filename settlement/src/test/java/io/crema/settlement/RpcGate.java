package io.crema.settlement;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a node and lets questions through, or not. */
final class RpcGate implements AutoCloseable {
    enum Mode {
        OPEN,
        BROKEN,
        LIMITED
    }

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String target;
    volatile Mode mode = Mode.OPEN;
    volatile int retryAfterSeconds = 2;
    final AtomicInteger asked = new AtomicInteger();

    RpcGate(String target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        var question = exchange.getRequestBody().readAllBytes();
        switch (mode) {
            case OPEN -> {
                var answer = ask(question);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
            case BROKEN -> exchange.sendResponseHeaders(502, -1);
            case LIMITED -> {
                exchange.getResponseHeaders().add("Retry-After", Integer.toString(retryAfterSeconds));
                exchange.sendResponseHeaders(429, -1);
            }
        }
        exchange.close();
    }

    private byte[] ask(byte[] question) throws IOException {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(target))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
