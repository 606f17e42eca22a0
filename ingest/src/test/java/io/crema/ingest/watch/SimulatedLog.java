package io.crema.ingest.watch;

import io.crema.events.ChainCheckpoint;
import io.crema.events.LogReversed;
import io.crema.events.ReversibleLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transactional log in memory that can lose the answer, or the whole append. */
final class SimulatedLog implements EventLog {
    enum Fate {
        DONE,
        LOST,
        DONE_BUT_NOT_ANSWERED
    }

    private final List<LogRecord> records = new ArrayList<>();
    private Optional<ChainCheckpoint> checkpoint = Optional.empty();
    private boolean open;
    Fate next = Fate.DONE;

    @Override
    public Optional<ChainCheckpoint> open() {
        open = true;
        return checkpoint;
    }

    @Override
    public void append(List<LogRecord> appended, ChainCheckpoint at) {
        if (!open) {
            throw new AssertionError("append to a log that is not open");
        }
        var fate = next;
        next = Fate.DONE;
        if (fate != Fate.LOST) {
            records.addAll(appended);
            checkpoint = Optional.of(at);
        }
        if (fate != Fate.DONE) {
            open = false;
            throw new EventLogUnavailableException("simulated", new RuntimeException());
        }
    }

    @Override
    public List<ReversibleLog> published(long above, Instant since) {
        if (!open) {
            throw new AssertionError("a log that is not open is read");
        }
        List<LogRecord> standing = new ArrayList<>();
        for (var record : records) {
            if (record.value() instanceof LogReversed) {
                standing.removeIf(it -> record.id().equals(it.id() + ":reversed"));
            } else if (!record.time().isBefore(since)) {
                standing.add(record);
            }
        }
        return standing.stream()
                .map(LogRecord::reversible)
                .filter(it -> it.getOrigin().getBlockNumber() > above)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    Optional<ChainCheckpoint> checkpoint() {
        return checkpoint;
    }

    List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** What a reader that obeys reversals is left with; each reversal must take the newest record back. */
    List<String> folded() {
        List<String> folded = new ArrayList<>();
        for (var record : records) {
            if (record.value() instanceof LogReversed) {
                var reversed = folded.removeLast();
                if (!record.id().equals(reversed + ":reversed")) {
                    throw new AssertionError("%s takes back what is not newest: %s".formatted(record.id(), reversed));
                }
            } else {
                folded.add(record.id());
            }
        }
        return folded;
    }
}
