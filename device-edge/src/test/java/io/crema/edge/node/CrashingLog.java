package io.crema.edge.node;

import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.Position;

/** A log that breaks at one of its writes, before or after the bytes are there. */
final class CrashingLog implements AppendLog {
    private final AppendLog log;
    private final int at;
    private final boolean written;
    private int count;

    CrashingLog(AppendLog log, int at, boolean written) {
        this.log = log;
        this.at = at;
        this.written = written;
    }

    static final class Crash extends RuntimeException {}

    boolean crashed() {
        return count > at;
    }

    private void step(Runnable write) {
        if (count++ == at) {
            if (written) {
                write.run();
            }
            throw new Crash();
        }
        write.run();
    }

    @Override
    public Position append(byte[] entry) {
        step(() -> log.append(entry));
        return log.end();
    }

    @Override
    public Position note(byte[] entry) {
        return append(entry);
    }

    @Override
    public Position roll(byte[] snapshot) {
        return log.roll(snapshot);
    }

    @Override
    public void read(Position from, Visitor visitor) {
        log.read(from, visitor);
    }

    @Override
    public Position newestSegment() {
        return log.newestSegment();
    }

    @Override
    public Position end() {
        return log.end();
    }

    @Override
    public Position oldest() {
        return log.oldest();
    }

    @Override
    public void dropBefore(long segment) {
        log.dropBefore(segment);
    }

    @Override
    public void close() {
        log.close();
    }
}
