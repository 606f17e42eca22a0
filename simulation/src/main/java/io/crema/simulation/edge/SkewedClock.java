package io.crema.simulation.edge;

import io.crema.edge.node.NodeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A machine's clocks: a wall clock that may be wrong by any time, and one that goes on from the start. */
public final class SkewedClock implements NodeClock {
    private final InstantSource truth;
    private final Instant started;
    private final boolean battery;
    private Duration skew;

    /** @param battery whether the wall clock counts as one that nobody can set */
    public SkewedClock(InstantSource truth, Duration skew, boolean battery) {
        this.truth = truth;
        this.started = truth.instant();
        this.skew = skew;
        this.battery = battery;
    }

    /** The wall clock jumps. */
    public void skew(Duration wrongBy) {
        skew = wrongBy;
    }

    @Override
    public Instant instant() {
        return truth.instant().plus(skew);
    }

    @Override
    public Duration sinceStart() {
        return Duration.between(started, truth.instant());
    }

    @Override
    public boolean survivesPowerLoss() {
        return battery;
    }
}
