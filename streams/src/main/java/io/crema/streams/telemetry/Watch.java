package io.crema.streams.telemetry;

import io.crema.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a fault rule stands at one machine. Immutable. Times are the machine's own.
 *
 * @param since since when the reading is beyond its threshold
 * @param judged the newest reading's time
 * @param fault the fault that is open
 */
public record Watch(Optional<Instant> since, Optional<Instant> judged, Optional<Hash> fault) {
    public static final Watch NOTHING = new Watch(Optional.empty(), Optional.empty(), Optional.empty());

    /** What a reading changed. */
    public enum Change {
        NONE,
        RAISED,
        CLEARED
    }

    /** @param next the watch after the reading @param beyondSince for a fault that is raised */
    public record Step(Watch next, Change change, Instant beyondSince) {}

    /**
     * Judges one reading; one that is not newer than the last changes nothing.
     *
     * @param id of a fault that this reading may raise; empty when its batch has raised one already
     */
    public Step judge(FaultRule rule, double value, Instant time, Optional<Hash> id) {
        if (judged.filter(newest -> !time.isAfter(newest)).isPresent()) {
            return new Step(this, Change.NONE, time);
        }
        var now = Optional.of(time);
        if (fault.isPresent()) {
            return value < rule.clearBelow()
                    ? new Step(new Watch(Optional.empty(), now, Optional.empty()), Change.CLEARED, time)
                    : new Step(new Watch(since, now, fault), Change.NONE, time);
        }
        if (!(value > rule.above())) {
            return new Step(new Watch(Optional.empty(), now, Optional.empty()), Change.NONE, time);
        }
        var beyond = since.orElse(time);
        var isFault = !time.isBefore(beyond.plus(rule.duration())) && id.isPresent();
        return new Step(
                new Watch(Optional.of(beyond), now, isFault ? id : Optional.empty()),
                isFault ? Change.RAISED : Change.NONE,
                beyond);
    }
}
