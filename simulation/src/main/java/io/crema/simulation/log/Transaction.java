package io.crema.simulation.log;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one writer writes together. Not thread-safe. */
final class Transaction {
    /** Where it stands. */
    enum State {
        OPEN,
        COMMITTED,
        ABORTED
    }

    final String transactionalId;
    final int epoch;
    final Instant begun;
    final Map<Place, Long> first = new LinkedHashMap<>();
    final Map<String, Map<Place, CommittedOffset>> offsets = new LinkedHashMap<>();
    State state = State.OPEN;

    Transaction(String transactionalId, int epoch, Instant begun) {
        this.transactionalId = transactionalId;
        this.epoch = epoch;
        this.begun = begun;
    }
}
