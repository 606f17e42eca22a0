package io.crema.chain.transactions;

/** How a call or an estimate ended on the node. */
public sealed interface CallResult<T> {

    record Returned<T>(T value) implements CallResult<T> {}

    /**
     * The contract refused.
     *
     * @param data the custom error: 4 bytes selector and arguments; empty where the node gives none
     * @param message in the node's words
     */
    record Reverted<T>(Payload data, String message) implements CallResult<T> {}
}
