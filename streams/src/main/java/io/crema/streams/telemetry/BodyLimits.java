package io.crema.streams.telemetry;

import io.crema.events.TelemetryBody;

/**
 * How much one batch may say. A machine signs what it likes, and its twin must still fit into one record: beyond these
 * limits a batch is refused. Stateless.
 */
public final class BodyLimits {
    /** The most quantities that a twin keeps, and the most readings or events of one batch. */
    public static final int MOST = 128;

    private static final int NAME = 64;
    private static final int SENTENCE = 500;

    private BodyLimits() {}

    /** @throws IllegalArgumentException naming the first thing that is too much */
    public static void check(TelemetryBody body) {
        count("readings", body.getReadings().size());
        count("events", body.getEvents().size());
        length("version", body.getVersion(), NAME);
        for (var reading : body.getReadings()) {
            length("quantity", reading.getQuantity(), NAME);
            length("unit", reading.getUnit(), NAME);
        }
        for (var event : body.getEvents()) {
            length("kind", event.getKind(), NAME);
            length("detail", event.getDetail(), SENTENCE);
        }
    }

    private static void count(String what, int count) {
        if (count > MOST) {
            throw new IllegalArgumentException("a batch has at most %d %s, got %d".formatted(MOST, what, count));
        }
    }

    private static void length(String what, CharSequence text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException(
                    "a %s has at most %d characters, got %d".formatted(what, most, text.length()));
        }
    }
}
