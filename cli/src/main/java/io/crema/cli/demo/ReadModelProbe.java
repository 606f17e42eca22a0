package io.crema.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.value.ChannelId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Measures how long a cup takes from the machine to the read models: listens to the console's own event stream, like a
 * browser. Each cup is counted once, at its first appearance.
 */
final class ReadModelProbe implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long SEEN = -1;

    private record Cup(ChannelId channel, long sequence) {}

    private final Supplier<URI> console;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Cup, Long> servedAt = new ConcurrentHashMap<>();
    private final Latencies latencies = new Latencies();
    private final Thread thread;
    private volatile String position = "";
    private volatile boolean closed;

    /** @param console the address where the console is now */
    ReadModelProbe(Supplier<URI> console) {
        this.console = console;
        thread = Thread.ofVirtual().name("read-model-probe").start(this::listen);
    }

    void served(ChannelId channel, long sequence) {
        var now = System.nanoTime();
        var before = servedAt.putIfAbsent(new Cup(channel, sequence), now);
        if (before != null && before == SEEN) {
            latencies.add(0);
        }
    }

    Latencies latencies() {
        return latencies;
    }

    private void listen() {
        while (!closed) {
            try {
                var request = HttpRequest.newBuilder(console.get().resolve("/api/stream?events=sale"));
                if (!position.isEmpty()) {
                    request.header("Last-Event-ID", position);
                }
                var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
                answer.body().takeWhile(line -> !closed).forEach(this::line);
                Thread.sleep(PAUSE);
            } catch (IOException | UncheckedIOException e) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void line(String line) {
        if (line.startsWith("id:")) {
            position = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
            try {
                var sale = JSON.readTree(line.substring(5));
                if (sale.hasNonNull("channel") && sale.hasNonNull("sequence")) {
                    seen(new Cup(
                            ChannelId.fromHex(sale.path("channel").asText()),
                            sale.path("sequence").asLong()));
                }
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void seen(Cup cup) {
        var before = servedAt.put(cup, SEEN);
        if (before != null && before != SEEN) {
            latencies.add(System.nanoTime() - before);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        http.shutdownNow();
    }
}
