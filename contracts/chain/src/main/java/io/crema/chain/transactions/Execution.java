package io.crema.chain.transactions;

import java.util.List;

/**
 * Where a transaction was executed, and what the contracts said meanwhile. Immutable.
 *
 * @param logs in the order they were emitted; none of a reverted transaction
 */
public record Execution(Inclusion inclusion, List<EventLog> logs) {

    public Execution {
        logs = List.copyOf(logs);
    }
}
