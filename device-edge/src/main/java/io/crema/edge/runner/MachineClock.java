package io.crema.edge.runner;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A machine's clock that is told the time and never goes back. Thread-safe. */
public final class MachineClock implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    public void advance(Instant time) {
        now.accumulateAndGet(time, (before, after) -> after.isAfter(before) ? after : before);
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
