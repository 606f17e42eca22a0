package io.crema.edge.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A machine's two clocks. {@link #instant} is the wall clock: it may start in 1970, and jump forwards or backwards at any
 * moment. {@link #sinceStart} only ever goes on, at the pace of real seconds, and starts anew with the process.
 */
public interface NodeClock extends InstantSource {

    /** Time since a moment of this process, never jumping. */
    Duration sinceStart();

    /**
     * Whether the wall clock goes on while the power is off, in hardware that nobody at the machine's place can set (a
     * battery clock). A clock that the network sets does not count: whoever runs that network could turn it back.
     */
    boolean survivesPowerLoss();

    /** A clock that is told the time and is always right, as in a simulation. */
    static NodeClock told(InstantSource clock) {
        return new NodeClock() {
            @Override
            public Instant instant() {
                return clock.instant();
            }

            @Override
            public Duration sinceStart() {
                return Duration.between(Instant.EPOCH, clock.instant());
            }

            @Override
            public boolean survivesPowerLoss() {
                return true;
            }
        };
    }
}
