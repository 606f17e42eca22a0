package io.crema.chain.transactions;

import java.util.List;

/** Where an account's events become durable. One writer per account. */
@FunctionalInterface
public interface TransactionJournal {

    /**
     * Appends all events or none; they are durable when this returns.
     *
     * @throws RuntimeException when it is not certain that they are: the caller then reads the journal again from the
     *     start before it does anything else
     */
    void append(List<TransactionEvent> events);
}
