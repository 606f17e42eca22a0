package io.crema.simulation.log;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transactional producer. Each call fails once a newer writer with its id was opened. Not thread-safe. */
public final class LogWriter {
    private final SimulatedLog log;
    private final String transactionalId;
    private final int epoch;
    private @Nullable Transaction transaction;

    LogWriter(SimulatedLog log, String transactionalId, int epoch) {
        this.log = log;
        this.transactionalId = transactionalId;
        this.epoch = epoch;
    }

    /** @throws WriterFencedException when another writer has taken over, here and in all that follows */
    public void begin() {
        log.check(transactionalId, epoch);
        if (transaction != null) {
            throw new IllegalStateException("a transaction of " + transactionalId + " is open already");
        }
        transaction = log.begin(transactionalId, epoch);
    }

    public boolean isOpen() {
        return transaction != null;
    }

    public void send(Place place, byte @Nullable [] key, byte @Nullable [] value, Instant time) {
        log.check(transactionalId, epoch);
        log.append(open(), place, key, value, time);
    }

    /** The group's offsets become durable with the records. */
    public void offsets(String group, Map<Place, CommittedOffset> offsets) {
        log.check(transactionalId, epoch);
        log.offsets(open(), group, offsets);
    }

    /**
     * As {@link #offsets(String, Map)}, by a member of the group.
     *
     * @param generation that the member joined with
     */
    public void offsets(String group, int generation, Map<Place, CommittedOffset> offsets) {
        log.checkGeneration(group, generation);
        offsets(group, offsets);
    }

    public void commit() {
        log.check(transactionalId, epoch);
        log.end(open(), Transaction.State.COMMITTED);
        transaction = null;
    }

    public void abort() {
        log.check(transactionalId, epoch);
        log.end(open(), Transaction.State.ABORTED);
        transaction = null;
    }

    private Transaction open() {
        var current = transaction;
        if (current == null) {
            throw new IllegalStateException("no transaction of " + transactionalId + " is open");
        }
        if (current.state != Transaction.State.OPEN) {
            throw new WriterFencedException("the transaction of " + transactionalId + " took too long and was aborted");
        }
        return current;
    }
}
