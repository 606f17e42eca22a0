package io.crema.projections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reads a stream of server-sent events. */
final class Events implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpURLConnection connection;
    private final BufferedReader lines;

    record Event(String name, String id, JsonNode data) {}

    Events(URI service, String lastEventId) throws IOException {
        connection = (HttpURLConnection) service.resolve("/api/stream").toURL().openConnection();
        connection.setReadTimeout(30_000);
        if (!lastEventId.isEmpty()) {
            connection.setRequestProperty("Last-Event-ID", lastEventId);
        }
        lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next event of this name. */
    Event await(String name) throws IOException {
        var deadline = Instant.now().plusSeconds(30);
        while (true) {
            var event = next();
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("no " + name + " within 30 s");
            }
            if (event.name().equals(name)) {
                return event;
            }
        }
    }

    private Event next() throws IOException {
        var name = "";
        var id = "";
        JsonNode data = null;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && data != null) {
                return new Event(name, id, data);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = JSON.readTree(line.substring(6));
            }
        }
        throw new IOException("the stream has ended");
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
