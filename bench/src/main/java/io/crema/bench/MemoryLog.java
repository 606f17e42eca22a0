package io.crema.bench;

import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.Position;
import java.util.ArrayList;
import java.util.List;

/** A log that forgets everything with the process; a position's offset counts entries. Not thread-safe. */
final class MemoryLog implements AppendLog {
    private final List<byte[]> entries = new ArrayList<>();

    @Override
    public Position append(byte[] entry) {
        entries.add(entry.clone());
        return end();
    }

    @Override
    public Position note(byte[] entry) {
        return append(entry);
    }

    @Override
    public Position roll(byte[] snapshot) {
        return append(snapshot);
    }

    @Override
    public void read(Position from, Visitor visitor) {
        for (var at = (int) from.offset(); at < entries.size(); at++) {
            if (!visitor.entry(entries.get(at), new Position(1, at + 1L))) {
                return;
            }
        }
    }

    @Override
    public Position newestSegment() {
        return new Position(1, 0);
    }

    @Override
    public Position end() {
        return new Position(1, entries.size());
    }

    @Override
    public Position oldest() {
        return newestSegment();
    }

    @Override
    public void dropBefore(long segment) {
        // one segment is all there is
    }

    @Override
    public void close() {
        entries.clear();
    }
}
