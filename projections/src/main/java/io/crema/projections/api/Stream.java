package io.crema.projections.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.projections.api.Client.Parcel;
import io.crema.projections.read.Feed.Event;
import io.crema.projections.store.Position;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Server-sent events (WHATWG HTML, section 9.2). A reader's thread waits for its queue and writes; the events of one
 * commit carry the position before it until the last, so that a reader who is cut off between them gets them again.
 */
final class Stream {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Set<String> EVENTS =
            Set.of("sale", "balance", "redemption", "machine", "service", "problem", "overview", "reset");

    private final Hub hub;
    private final ObjectMapper json;

    Stream(Hub hub, ObjectMapper json) {
        this.hub = hub;
        this.json = json;
    }

    /** Writes until the reader is gone, too slow, or the service stops. */
    void serve(Context context) throws IOException, SQLException {
        var from = resume(context);
        var client = new Client(wanted(context));
        hub.add(client);
        try {
            var response = context.res();
            response.setStatus(200);
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            var out = response.getOutputStream();
            out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
            if (from.isPresent()) {
                catchUp(client, from.get(), out);
            }
            write(client, hub.figures(), out);
            out.flush();
            follow(client, out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hub.remove(client);
        }
    }

    private void catchUp(Client client, Position from, OutputStream out) throws IOException, SQLException {
        var missed = hub.since(from, client.wanted());
        if (missed.complete()) {
            write(client, new Parcel(missed.events(), from, missed.to()), out);
        } else {
            var reset = Hub.reset("more was missed than is sent one by one: read again what you show", missed.to());
            write(client, new Parcel(List.of(reset), missed.to(), missed.to()), out);
        }
    }

    private void follow(Client client, OutputStream out) throws IOException, InterruptedException {
        while (!client.closed()) {
            var parcel = client.queue().poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
            if (client.tooSlow()) {
                var reset = Hub.reset("this reader is too slow: connect again and read what you show", Position.START);
                write(client, new Parcel(List.of(reset), Position.START, Position.START), out);
                out.flush();
                return;
            }
            if (parcel == null) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
            } else {
                write(client, parcel, out);
            }
            out.flush();
        }
    }

    private void write(Client client, Parcel parcel, OutputStream out) throws IOException {
        var events = parcel.events().stream()
                .filter(event -> client.wants(event) || event.name().equals("reset"))
                .toList();
        for (var i = 0; i < events.size(); i++) {
            write(events.get(i), i == events.size() - 1 ? parcel.after() : parcel.before(), out);
        }
    }

    private void write(Event event, Position id, OutputStream out) throws IOException {
        var text = "event: %s\n%sdata: %s\n\n"
                .formatted(
                        event.name(),
                        id.offsets().isEmpty() ? "" : "id: " + id.encode() + "\n",
                        json.writeValueAsString(event.data()));
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Position> resume(Context context) {
        var header = Optional.ofNullable(context.header("Last-Event-ID")).filter(text -> !text.isBlank());
        var text = header.or(() -> Optional.ofNullable(context.queryParam("lastEventId")));
        try {
            return text.map(Position::decode);
        } catch (IllegalArgumentException e) {
            throw ApiException.badValue("Last-Event-ID", text.orElse(""), "the id of an event of this stream");
        }
    }

    private static Set<String> wanted(Context context) {
        var text = context.queryParam("events");
        if (text == null || text.isBlank()) {
            return Set.of();
        }
        var names = Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        if (!EVENTS.containsAll(names)) {
            throw ApiException.badValue("events", text, "some of " + EVENTS);
        }
        return names;
    }
}
