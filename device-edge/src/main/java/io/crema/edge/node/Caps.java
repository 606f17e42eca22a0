package io.crema.edge.node;

import io.crema.edge.Provisioning;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a machine serves on its own.
 *
 * @param unpublishedCups the most receipts that the log has not acknowledged
 * @param horizon whether to stop when the customer could have taken its deposit out unseen: challenge period − 24 hours
 *     after the last authenticated block
 */
public record Caps(long unpublishedCups, boolean horizon) {
    /** Neither count nor time limits. */
    public static final Caps NONE = new Caps(Long.MAX_VALUE, false);

    /** What holds where the horizon is on and no block was ever seen, as after a restart without a battery clock. */
    public static final long CUPS_WITHOUT_A_CLOCK = 20;

    private static final Duration MARGIN = Duration.ofHours(24);

    /** @return the refusal, where there is one */
    Optional<Refusal> judge(long unpublished, Provisioning provisioning, Optional<Instant> lastBlock, Instant now) {
        if (unpublished >= unpublishedCups) {
            return Optional.of(Refusal.COUNT_CAP);
        }
        if (!horizon) {
            return Optional.empty();
        }
        if (lastBlock.isEmpty()) {
            return unpublished >= CUPS_WITHOUT_A_CLOCK ? Optional.of(Refusal.COUNT_CAP) : Optional.empty();
        }
        var safe = Duration.ofMinutes(provisioning.challengePeriodMinutes()).minus(MARGIN);
        return now.isAfter(lastBlock.get().plus(safe)) ? Optional.of(Refusal.OFFLINE_TOO_LONG) : Optional.empty();
    }
}
