package io.crema.edge.node;

import io.crema.contracts.value.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/**
 * How far a machine serves on its own.
 *
 * @param cups the most receipts that the log has not acknowledged; {@link Long#MAX_VALUE} = no limit
 * @param amount the most that these may add up to, in the smallest unit; {@link Amount#MAX} = no limit
 * @param offline the longest time since the last authenticated block; empty = only the horizon limits it
 * @param horizon whether to stop when the customer could have taken its deposit out unseen: challenge period − 24 hours
 *     after the last authenticated block
 * @param cupsWithoutClock takes the place of {@code cups}, if less, where the horizon is on and nobody can tell how long
 *     ago the last block was, as after a restart without a battery clock
 */
public record Caps(long cups, Amount amount, Optional<Duration> offline, boolean horizon, long cupsWithoutClock) {
    public static final long CUPS_WITHOUT_A_CLOCK = 20;

    /** What the horizon stays below the challenge period: time for the platform to redeem. */
    public static final Duration MARGIN = Duration.ofHours(24);

    /** No limit at all. */
    public static final Caps NONE = new Caps(Long.MAX_VALUE, false);

    public Caps {
        var faults = new ArrayList<String>();
        if (cups < 1) {
            faults.add("the cap of cups is %d, expected at least 1".formatted(cups));
        }
        if (amount.isZero()) {
            faults.add("the cap by amount is 0, expected at least 1");
        }
        if (offline.filter(it -> it.isNegative() || it.isZero()).isPresent()) {
            faults.add("the cap by time is %s, expected a positive time".formatted(offline.get()));
        }
        if (cupsWithoutClock < 0) {
            faults.add("the cap of cups without a clock is %d, expected at least 0".formatted(cupsWithoutClock));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("the machine's caps are wrong: " + String.join("; ", faults));
        }
    }

    /** Limited by cups and perhaps by the horizon. */
    public Caps(long cups, boolean horizon) {
        this(cups, Amount.MAX, Optional.empty(), horizon, CUPS_WITHOUT_A_CLOCK);
    }

    public Caps withAmount(Amount most) {
        return new Caps(cups, most, offline, horizon, cupsWithoutClock);
    }

    public Caps withOffline(Duration longest) {
        return new Caps(cups, amount, Optional.of(longest), horizon, cupsWithoutClock);
    }

    public Caps withCupsWithoutClock(long most) {
        return new Caps(cups, amount, offline, horizon, most);
    }

    /** The limit of cups that holds now. */
    long cups(boolean timeKnown) {
        return limitedByTime() && !timeKnown ? Math.min(cups, cupsWithoutClock) : cups;
    }

    /** How long after the last block the machine stops; empty = never for that reason. */
    Optional<Duration> longest(int challengePeriodMinutes) {
        var safe = horizon
                ? Optional.of(Duration.ofMinutes(challengePeriodMinutes).minus(MARGIN))
                : Optional.<Duration>empty();
        return safe.map(it -> offline.filter(cap -> cap.compareTo(it) < 0).orElse(it))
                .or(() -> offline);
    }

    private boolean limitedByTime() {
        return horizon || offline.isPresent();
    }
}
