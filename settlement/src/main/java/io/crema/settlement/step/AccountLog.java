package io.crema.settlement.step;

/** Where the accounts' steps become durable, and how far the intents are settled. One writer for all accounts. */
@FunctionalInterface
public interface AccountLog {

    /**
     * Writes the whole entry or nothing; it is durable when this returns.
     *
     * @throws FencedException when another writer serves the accounts now: this one must never write or decide again
     * @throws LogUnavailableException when it is not certain: the log has to be opened and read anew
     */
    void commit(Entry entry);
}
