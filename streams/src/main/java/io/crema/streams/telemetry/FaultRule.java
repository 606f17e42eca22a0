package io.crema.streams.telemetry;

import java.time.Duration;

/**
 * A reading beyond its threshold for a duration is a fault; it is cleared only below a second, lower value, so that a
 * reading that swings about the threshold is one fault. All times are the machine's own clock.
 *
 * @param name of the rule, part of the fault's id
 * @param quantity that is measured, after OPC 30200
 * @param unit its UCUM code; readings in another unit are not judged
 * @param above the reading is beyond its threshold when greater
 * @param clearBelow the fault is cleared when the reading is less; at most {@code above}
 * @param duration how long it must be beyond
 */
public record FaultRule(String name, String quantity, String unit, double above, double clearBelow, Duration duration) {

    /** The boiler of a coffee machine that stays above 105 °C for half a minute. */
    public static final FaultRule BOILER_OVERHEATED =
            new FaultRule("BoilerOverheated", "BoilerTempCoffee", "Cel", 105, 100, Duration.ofSeconds(30));

    public FaultRule {
        if (!(clearBelow <= above)) {
            throw new IllegalArgumentException("fault rule %s clears below %s, which must not exceed its threshold %s"
                    .formatted(name, clearBelow, above));
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "fault rule %s has duration %s, expected zero or more".formatted(name, duration));
        }
    }

    /** What is wrong when it has raised a fault, in a sentence. */
    public String description() {
        return "%s has been above %s %s for %d seconds".formatted(quantity, above, unit, duration.toSeconds());
    }
}
