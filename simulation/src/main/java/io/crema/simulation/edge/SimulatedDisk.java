package io.crema.simulation.edge;

import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.MemoryLog;
import io.crema.edge.journal.Position;
import io.crema.simulation.CrashPoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A log on a disk that a loss of power cuts to what was made durable, that may be full, and where the process may end
 * before and after each write. Outlives the machine that uses it. Not thread-safe.
 */
public final class SimulatedDisk implements AppendLog {
    private final CrashPoints crash;
    private final MemoryLog entries = new MemoryLog();
    private int unsynced;
    private boolean full;

    public SimulatedDisk(CrashPoints crash) {
        this.crash = crash;
    }

    /** No room for new sales, and every write fails. */
    public void full(boolean isFull) {
        full = isFull;
    }

    /** What was not durable is gone. */
    public void losePower() {
        entries.cut(unsynced);
        unsynced = 0;
    }

    /** Each entry that a loss of power would leave, oldest first. */
    public void durable(Consumer<byte[]> visitor) {
        List<byte[]> all = new ArrayList<>();
        entries.read(entries.oldest(), (entry, _) -> all.add(entry));
        all.subList(0, all.size() - unsynced).forEach(visitor);
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
        entries.append(entry);
    }

    @Override
    public Position roll(byte[] snapshot) {
        unsynced = 0;
        entries.begin();
        return append(snapshot);
    }

    @Override
    public void read(Position from, Visitor visitor) {
        entries.read(from, visitor);
    }

    @Override
    public Position newestSegment() {
        return entries.newestSegment();
    }

    @Override
    public Position end() {
        return entries.end();
    }

    @Override
    public Position oldest() {
        return entries.oldest();
    }

    @Override
    public boolean hasRoom() {
        return !full;
    }

    @Override
    public void dropBefore(long segment) {
        entries.dropBefore(segment);
    }

    /** The entries stay for the next one who opens it. */
    @Override
    public void close() {}
}
