package io.crema.settlement.step;

/** Where an account's steps become durable, and how far it has read the intents. One writer per account. */
@FunctionalInterface
public interface AccountLog {

    /**
     * Writes the whole entry or nothing; it is durable when this returns.
     *
     * @throws FencedException when another writer serves the account now: this one must never write or decide again
     * @throws LogUnavailableException when it is not certain: the log has to be opened and read anew
     */
    void commit(Entry entry);
}
