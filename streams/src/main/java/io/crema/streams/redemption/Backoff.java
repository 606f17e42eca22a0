package io.crema.streams.redemption;

import java.time.Duration;

/** How long what failed rests before the next attempt: doubling from the first to the longest rest. */
public record Backoff(Duration first, Duration longest) {
    public static final Backoff USUAL = new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(30));
    private static final int MOST_DOUBLINGS = 20;

    /** @param attempt that failed, counted from 1 */
    public Duration after(int attempt) {
        var rest = first.multipliedBy(1L << Math.min(Math.max(attempt, 1) - 1, MOST_DOUBLINGS));
        return rest.compareTo(longest) < 0 ? rest : longest;
    }
}
