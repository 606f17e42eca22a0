package io.crema.bench;

import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.Position;

/** A log on disk that is filled without waiting for the disk: for what was written long before a measurement begins. */
record Unsynced(AppendLog log) implements AppendLog {
    @Override
    public Position append(byte[] entry) {
        return log.note(entry);
    }

    @Override
    public Position note(byte[] entry) {
        return log.note(entry);
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
