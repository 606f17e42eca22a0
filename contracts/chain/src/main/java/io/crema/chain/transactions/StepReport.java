package io.crema.chain.transactions;

import io.crema.contracts.value.Hash;
import java.util.List;
import java.util.Optional;

/**
 * What one step did.
 *
 * @param events made durable, in order
 * @param broadcasts sent, with the node's answers; not durable
 * @param behind the chain lacks final transactions, and nothing was done
 * @param unsigned why something that was due could not be signed; it stays due
 */
public record StepReport(
        List<TransactionEvent> events,
        List<Broadcasted> broadcasts,
        Optional<Action.ChainBehind> behind,
        Optional<String> unsigned) {

    /** One broadcast and its answer. */
    public record Broadcasted(long nonce, Hash transaction, SendResult result) {}

    public StepReport {
        events = List.copyOf(events);
        broadcasts = List.copyOf(broadcasts);
    }
}
