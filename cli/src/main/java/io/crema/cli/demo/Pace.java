package io.crema.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How fast people come. Thread-safe. */
final class Pace {
    private final InstantSource clock;
    private final OptionalDouble cupsPerSecond;
    private final OptionalDouble speed;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long nextNanos;
    private long originNanos;
    private Instant origin = Instant.EPOCH;
    private boolean begun;

    /**
     * @param cupsPerSecond over the fleet, for cups without a time of their own; empty = as fast as it goes
     * @param speed how much faster than its own time a timed cup comes; empty = as fast as it goes
     */
    Pace(InstantSource clock, OptionalDouble cupsPerSecond, OptionalDouble speed) {
        this.clock = clock;
        this.cupsPerSecond = cupsPerSecond;
        this.speed = speed;
    }

    Instant now() {
        return clock.instant();
    }

    /** Waits until it is this cup's turn; false = everybody shall leave. */
    boolean await(PlannedCup cup) {
        try {
            return !stopped.await(delay(cup), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void stop() {
        stopped.countDown();
    }

    private synchronized long delay(PlannedCup cup) {
        var now = System.nanoTime();
        if (!begun) {
            begun = true;
            nextNanos = now;
            originNanos = now;
            origin = cup.time().orElse(Instant.EPOCH);
        }
        if (cup.time().isPresent()) {
            if (speed.isEmpty()) {
                return 0;
            }
            var ahead = Duration.between(origin, cup.time().get()).toNanos() / speed.getAsDouble();
            return Math.max(0, originNanos + Math.round(ahead) - now);
        }
        if (cupsPerSecond.isEmpty()) {
            return 0;
        }
        var turn = Math.max(now, nextNanos);
        nextNanos = turn + Math.round(1e9 / cupsPerSecond.getAsDouble());
        return turn - now;
    }
}
