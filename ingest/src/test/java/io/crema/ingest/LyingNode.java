package io.crema.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A proxy before a node that falsifies, withholds or delays its answers as a test says. */
final class LyingNode implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("\"number\":\"0x([0-9a-f]+)\"");

    /** What it does to an answer. */
    interface Lie {
        /** @param question and {@code answer}: JSON */
        String of(String question, String answer);
    }

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI node;
    private volatile Lie lie = (question, answer) -> answer;
    private volatile int status = 200;
    final AtomicInteger questions = new AtomicInteger();

    LyingNode(String rpcUrl) throws IOException {
        node = URI.create(rpcUrl);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void tellTheTruth() {
        lie = (question, answer) -> answer;
        status = 200;
    }

    void lie(Lie told) {
        lie = told;
    }

    void refuse(int httpStatus) {
        status = httpStatus;
    }

    /** Changes the answers to questions of this method. */
    void falsify(String method, UnaryOperator<String> change) {
        lie = (question, answer) -> question.contains(method) ? change.apply(answer) : answer;
    }

    /** Answers as if the newest blocks did not exist yet. */
    void lag(int blocks) {
        lie = (question, answer) -> {
            try {
                var head = ask("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"eth_blockNumber\",\"params\":[]}");
                var newest = Long.parseLong(head.replaceAll(".*\"result\":\"0x([0-9a-f]+)\".*", "$1"), 16);
                var last = Math.max(0, newest - blocks);
                if (question.contains("\"latest\"")) {
                    return ask(question.replace("\"latest\"", "\"0x" + Long.toHexString(last) + "\""));
                }
                var block = NUMBER.matcher(answer);
                if (question.contains("eth_getBlockByNumber") && !question.startsWith("[") && block.find()) {
                    return Long.parseLong(block.group(1), 16) > last
                            ? "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":null}"
                            : answer;
                }
                return answer;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            questions.incrementAndGet();
            var question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (status != 200) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            var answer = lie.of(question, ask(question)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String ask(String question) throws IOException {
        try {
            var request = HttpRequest.newBuilder(node)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(question))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }

    /** A wire to a node's websocket that can be cut and mended. */
    static final class Wire implements AutoCloseable {
        private final ServerSocket server;
        private final URI node;
        private final List<Socket> sockets = new ArrayList<>();
        private volatile boolean cut;
        final AtomicInteger connections = new AtomicInteger();

        Wire(String rpcUrl) throws IOException {
            node = URI.create(rpcUrl);
            server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::accept);
        }

        URI url() {
            return URI.create("ws://127.0.0.1:" + server.getLocalPort());
        }

        synchronized void cut() throws IOException {
            cut = true;
            for (var socket : sockets) {
                socket.close();
            }
            sockets.clear();
        }

        void mend() {
            cut = false;
        }

        private void accept() {
            while (!server.isClosed()) {
                try {
                    connect(server.accept());
                } catch (IOException e) {
                    continue; // cut, or closed
                }
            }
        }

        private synchronized void connect(Socket near) throws IOException {
            if (cut) {
                near.close();
                return;
            }
            connections.incrementAndGet();
            var far = new Socket(node.getHost(), node.getPort());
            sockets.addAll(List.of(near, far));
            Thread.ofVirtual().start(() -> pass(near, far));
            Thread.ofVirtual().start(() -> pass(far, near));
        }

        private static void pass(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                return; // cut
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            cut();
        }
    }
}
