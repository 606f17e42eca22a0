package io.crema.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A reader of the projections' stream of balances, in a thread of its own. */
final class SseReader implements AutoCloseable {
    private static final String DATA = "data: ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Consumer<JsonNode> sink;
    private final InputStream body;
    private final Thread thread;
    private volatile boolean closing;
    private volatile int resets;

    /**
     * Returns when the stream is open.
     *
     * @param sink called on the reader's thread with each balance
     */
    SseReader(URI projections, Consumer<JsonNode> sink) throws IOException, InterruptedException {
        this.sink = sink;
        var request = HttpRequest.newBuilder(projections.resolve("/api/stream?events=balance"))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("the stream of balances answers with status " + response.statusCode());
        }
        body = response.body();
        thread = Thread.ofPlatform().name("reader-stream").start(this::run);
    }

    /** How often the stream told to begin anew, because more had changed than it sends one by one. */
    int resets() {
        return resets;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // only this thread writes
    private void run() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var event = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                    resets += event.equals("reset") ? 1 : 0;
                } else if (line.startsWith(DATA) && event.equals("balance")) {
                    sink.accept(json.readTree(line.substring(DATA.length())));
                }
            }
        } catch (IOException e) {
            if (!closing) {
                System.err.println("crema: the stream of balances ended: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() throws InterruptedException, IOException {
        closing = true;
        body.close();
        http.shutdownNow();
        thread.join();
    }
}
