package io.crema.simulation.edge;

import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.Position;
import io.crema.simulation.CrashPoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A log on a disk that a loss of power cuts to what was made durable, that may be full, and where the process may end
 * before and after each write. Outlives the machine that uses it. Not thread-safe.
 */
public final class SimulatedDisk implements AppendLog {
    private static final int HEADER = 8;

    private final CrashPoints crash;
    private final TreeMap<Long, List<byte[]>> segments = new TreeMap<>();
    private int unsynced;
    private boolean full;

    public SimulatedDisk(CrashPoints crash) {
        this.crash = crash;
        segments.put(1L, new ArrayList<>());
    }

    /** No room for new sales, and every write fails. */
    public void full(boolean isFull) {
        full = isFull;
    }

    /** What was not durable is gone. */
    public void losePower() {
        var newest = segments.lastEntry().getValue();
        for (; unsynced > 0; unsynced--) {
            newest.removeLast();
        }
    }

    /** Each entry that a loss of power would leave, oldest first. */
    public void durable(Consumer<byte[]> visitor) {
        for (var segment : segments.entrySet()) {
            var entries = segment.getValue();
            var end = segment.getKey().equals(segments.lastKey()) ? entries.size() - unsynced : entries.size();
            entries.subList(0, end).forEach(visitor);
        }
    }

    @Override
    public Position append(byte[] entry) {
        write(entry);
        unsynced = 0;
        crash.point();
        return end();
    }

    @Override
    public Position note(byte[] entry) {
        write(entry);
        unsynced++;
        crash.point();
        return end();
    }

    private void write(byte[] entry) {
        crash.point();
        if (full) {
            throw new UncheckedIOException(new IOException("no space left on the simulated device"));
        }
        segments.lastEntry().getValue().add(entry.clone());
    }

    @Override
    public Position roll(byte[] snapshot) {
        unsynced = 0;
        segments.put(segments.lastKey() + 1, new ArrayList<>());
        return append(snapshot);
    }

    @Override
    public void read(Position from, Visitor visitor) {
        for (var segment : segments.tailMap(from.segment(), true).entrySet()) {
            var start = segment.getKey() == from.segment() ? from.offset() : 0;
            var at = 0L;
            for (var entry : List.copyOf(segment.getValue())) {
                var after = at + HEADER + entry.length;
                if (at >= start && !visitor.entry(entry.clone(), new Position(segment.getKey(), after))) {
                    return;
                }
                at = after;
            }
        }
    }

    @Override
    public Position newestSegment() {
        return new Position(segments.lastKey(), 0);
    }

    @Override
    public Position end() {
        var bytes = segments.lastEntry().getValue().stream()
                .mapToLong(entry -> HEADER + entry.length)
                .sum();
        return new Position(segments.lastKey(), bytes);
    }

    @Override
    public Position oldest() {
        return new Position(segments.firstKey(), 0);
    }

    @Override
    public boolean hasRoom() {
        return !full;
    }

    @Override
    public void dropBefore(long segment) {
        segments.headMap(Math.min(segment, segments.lastKey()), false).clear();
    }

    /** The entries stay for the next one who opens it. */
    @Override
    public void close() {}
}
