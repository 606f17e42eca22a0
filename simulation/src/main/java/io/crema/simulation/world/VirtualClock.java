package io.crema.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The one true time of a simulation. It moves only when told. */
final class VirtualClock implements InstantSource {
    private Instant now;

    VirtualClock(Instant start) {
        now = start;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
