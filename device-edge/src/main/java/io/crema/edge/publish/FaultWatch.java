package io.crema.edge.publish;

import io.crema.contracts.value.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sees the fault that the platform, too, would see in this machine's telemetry: a reading above its threshold for a while. A
 * fault that was there already when the process started is not raised: it was, before. Not thread-safe.
 *
 * @param rule the rule's name, part of the fault's id
 * @param quantity that is measured, after OPC 30200
 * @param unit its UCUM code
 * @param above beyond its threshold when greater
 * @param clearBelow cleared when less
 * @param duration how long it must be beyond
 */
record FaultWatch(String rule, String quantity, String unit, double above, double clearBelow, Duration duration) {

    /** The platform's rule of this name: the boiler stays above 105 °C for half a minute. */
    static final FaultWatch BOILER_OVERHEATED =
            new FaultWatch("BoilerOverheated", "BoilerTempCoffee", "Cel", 105, 100, Duration.ofSeconds(30));

    /**
     * Where it stands.
     *
     * @param wasWell whether a reading of this process was below the threshold
     * @param since since when it is above
     */
    record State(boolean wasWell, Optional<Instant> since, Optional<LastingFault> fault) {
        static final State UNKNOWN = new State(false, Optional.empty(), Optional.empty());
    }

    /**
     * After one reading, carried by a telemetry batch.
     *
     * @param sequence of the batch
     * @param batch its struct hash
     */
    State judge(State before, double value, Instant time, long sequence, Hash batch) {
        if (before.fault().isPresent()) {
            return value < clearBelow ? new State(true, Optional.empty(), Optional.empty()) : before;
        }
        if (!(value > above)) {
            return new State(true, Optional.empty(), Optional.empty());
        }
        var since = before.since().orElse(time);
        var lasts = before.wasWell() && !time.isBefore(since.plus(duration));
        return new State(
                before.wasWell(),
                Optional.of(since),
                lasts ? Optional.of(new LastingFault(rule, sequence, batch)) : Optional.empty());
    }

    /** The value that it watches, where a sensor gives it. */
    Optional<Double> reading(List<io.crema.events.Reading> readings) {
        return readings.stream()
                .filter(it -> it.getQuantity().equals(quantity) && it.getUnit().equals(unit))
                .map(io.crema.events.Reading::getValue)
                .findFirst();
    }
}
