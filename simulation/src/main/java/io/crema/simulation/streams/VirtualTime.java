package io.crema.simulation.streams;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/** Kafka's clock, told by the simulation. Nobody waits by it. */
final class VirtualTime implements Time {
    private final InstantSource clock;

    VirtualTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long milliseconds() {
        return clock.millis();
    }

    @Override
    public long nanoseconds() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public void sleep(long ms) {
        throw new UnsupportedOperationException("nobody sleeps in a simulation");
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) {
        throw new UnsupportedOperationException("nobody waits in a simulation");
    }
}
