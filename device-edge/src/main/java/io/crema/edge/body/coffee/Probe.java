package io.crema.edge.body.coffee;

import io.crema.edge.body.EventKind;
import io.crema.edge.body.Quantity;
import io.crema.edge.body.chip.Chip;
import io.crema.edge.body.chip.Chip.Measurement;
import io.crema.edge.node.Hardware.BodyEvent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One sensor: what it read last, and whether that can be believed. Times are nanoseconds. Not thread-safe. */
final class Probe {
    /** A chip that says nothing new for so long has stopped. */
    private static final long SILENT = TimeUnit.SECONDS.toNanos(5);
    /** A fault is over after so many good values in a row; a loose wire is one fault, not hundreds. */
    private static final int GOOD_AGAIN = 4;

    private final Quantity quantity;
    private final Chip chip;
    private final Consumer<BodyEvent> events;
    private OptionalDouble value = OptionalDouble.empty();
    private OptionalDouble lastGood = OptionalDouble.empty();
    private long goodAt;
    private boolean faulty;
    private int good;

    Probe(Quantity quantity, Chip chip, long now, Consumer<BodyEvent> events) {
        this.quantity = quantity;
        this.chip = chip;
        this.events = events;
        this.goodAt = now;
    }

    Quantity quantity() {
        return quantity;
    }

    void read(long now) {
        judge(chip.read(), now).ifPresent(this::fault);
    }

    /** What it reads; empty while that is not known. */
    OptionalDouble value() {
        return value;
    }

    /** The last value that was good, if that is not longer ago. */
    OptionalDouble within(long nanos, long now) {
        return now - goodAt <= nanos ? lastGood : OptionalDouble.empty();
    }

    private Optional<String> judge(Measurement measurement, long now) {
        return switch (measurement) {
            case Measurement.Faulty wrong -> Optional.of(wrong.why());
            case Measurement.NotReady _ ->
                now - goodAt > SILENT ? Optional.of("the chip measures nothing new") : Optional.empty();
            case Measurement.Value it -> {
                if (!quantity.mayBe(it.value())) {
                    yield Optional.of("%s %s cannot be".formatted(it.value(), quantity.unit()));
                }
                value = OptionalDouble.of(it.value());
                lastGood = value;
                goodAt = now;
                if (faulty && ++good >= GOOD_AGAIN) {
                    faulty = false;
                    events.accept(EventKind.SENSOR_FAULT.with(quantity.word() + ": measured again"));
                }
                yield Optional.empty();
            }
        };
    }

    private void fault(String why) {
        value = OptionalDouble.empty();
        good = 0;
        if (!faulty) {
            faulty = true;
            events.accept(EventKind.SENSOR_FAULT.with(quantity.word() + ": " + why));
        }
    }
}
