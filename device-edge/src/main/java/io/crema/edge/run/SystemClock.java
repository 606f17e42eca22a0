package io.crema.edge.run;

import io.crema.edge.node.NodeClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The computer's clocks.
 *
 * @param survivesPowerLoss whether there is a battery behind the wall clock
 */
record SystemClock(boolean survivesPowerLoss) implements NodeClock {
    private static final long START = System.nanoTime();

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - START);
    }
}
