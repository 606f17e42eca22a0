package io.crema.cli.demo;

import java.time.Instant;
import java.time.InstantSource;

/** The time at one machine and on the phones of the people who drink there. Never goes back. Thread-safe. */
final class MachineClock implements InstantSource {
    private Instant now = Instant.EPOCH;

    /** Sets the clock, unless it is later already; returns what it says now. */
    synchronized Instant advanceTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
        return now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }
}
