package io.crema.cli.audit;

import io.crema.contracts.value.ChannelId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers what an audit finds: differences, what is under way, and channels whose chain is ahead. Not thread-safe. */
final class Findings {
    /** Enough to see a pattern; all are counted. */
    private static final int MOST_KEPT = 100;

    private final List<Difference> differences = new ArrayList<>();
    private final Map<Integer, Long> counts = new TreeMap<>();
    private final Map<String, Long> pending = new TreeMap<>();
    private final TreeSet<ChannelId> ahead = new TreeSet<>();

    void differs(int invariant, ChannelId channel, String log, String expected, LogRecord record) {
        differs(invariant, "channel " + channel, log, expected, record.place());
    }

    void differs(int invariant, String subject, String log, String expected, String record) {
        counts.merge(invariant, 1L, Long::sum);
        if (differences.size() < MOST_KEPT) {
            differences.add(new Difference(invariant, subject, log, expected, record));
        }
    }

    /** @param what is under way, as a count's name */
    void pending(String what, long count) {
        if (count > 0) {
            pending.merge(what, count, Long::sum);
        }
    }

    void ahead(ChannelId channel) {
        ahead.add(channel);
    }

    List<Difference> differences() {
        return Collections.unmodifiableList(differences);
    }

    long count(int invariant) {
        return counts.getOrDefault(invariant, 0L);
    }

    Map<String, Long> pending() {
        return Collections.unmodifiableMap(pending);
    }

    List<ChannelId> ahead() {
        return List.copyOf(ahead);
    }
}
