package io.crema.edge.body;

import java.time.Duration;

/**
 * What ends a pour before its time.
 *
 * @param dryAfter the pump never runs longer than this without water moving
 * @param pourWithin a whole pour, grinding included, never takes longer
 * @param hottest degrees Celsius of the coffee boiler beyond which nothing is poured
 * @param coldest degrees Celsius of the coffee boiler below which no pour is begun
 */
public record Limits(Duration dryAfter, Duration pourWithin, double hottest, double coldest) {
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(4), Duration.ofSeconds(90), 110, 70);

    public Limits {
        if (dryAfter.compareTo(Duration.ofMillis(500)) < 0 || dryAfter.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("dryAfterSeconds is %s, expected 0.5 to 30".formatted(dryAfter));
        }
        if (pourWithin.compareTo(Duration.ofSeconds(5)) < 0 || pourWithin.compareTo(Duration.ofSeconds(300)) > 0) {
            throw new IllegalArgumentException("pourWithinSeconds is %s, expected 5 to 300".formatted(pourWithin));
        }
        if (!(hottest <= 140) || !(coldest < hottest)) {
            throw new IllegalArgumentException(
                    "hottest is %s and coldest %s, expected coldest < hottest <= 140".formatted(hottest, coldest));
        }
    }
}
