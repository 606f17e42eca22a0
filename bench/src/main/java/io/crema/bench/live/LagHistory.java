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
     * Until the first look after the last one at which the lag was above this; 0 when it never was after the time, -1
     * when it was to the end. What comes between does not count: before a crash is noticed nothing lags yet.
     */
    double secondsUntilBackAt(long lag, long since) {
        var back = 0L;
        for (var look : looks) {
            if (look.time() - since >= 0) {
                if (look.lag() > lag) {
                    back = -1;
                } else if (back < 0) {
                    back = look.time() - since;
                }
            }
        }
        return back < 0 ? -1 : seconds(back);
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e7) / 100.0;
    }
}
