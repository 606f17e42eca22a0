package io.crema.bench.live;

import java.util.ArrayList;
import java.util.List;

/** How the lag went. Not thread-safe. */
final class LagHistory {
    private final List<Look> looks = new ArrayList<>();

    private record Look(long time, long lag) {}

    /** @param time by {@link System#nanoTime}, never before the last */
    void add(long time, long lag) {
        looks.add(new Look(time, lag));
    }

    /** The largest lag from the time on; 0 without any look. */
    long peakSince(long time) {
        return looks.stream()
                .filter(look -> look.time() - time >= 0)
                .mapToLong(Look::lag)
                .max()
                .orElse(0);
    }

    /**
     * How long the lag was above this after the time: until the first look from which on the lag stayed within it for
     * a second, or to the end; -1 when there is none.
     */
    double secondsUntilBackAt(long lag, long since) {
        var back = -1L;
        for (var look : looks) {
            if (look.time() - since < 0) {
                continue;
            }
            if (look.lag() > lag) {
                back = -1;
            } else if (back < 0) {
                back = look.time() - since;
            } else if (look.time() - since - back >= 1_000_000_000L && hasExceeded(lag, since, back)) {
                return seconds(back);
            }
        }
        return back < 0 ? -1 : seconds(back);
    }

    /** Right after a crash nothing has fallen behind yet: that is no recovery. */
    private boolean hasExceeded(long lag, long since, long until) {
        return looks.stream()
                .anyMatch(look -> look.time() - since >= 0 && look.time() - since <= until && look.lag() > lag);
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e7) / 100.0;
    }
}
