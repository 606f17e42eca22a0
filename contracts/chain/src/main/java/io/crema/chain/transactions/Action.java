package io.crema.chain.transactions;

/** What the decision asks for next. */
public sealed interface Action {

    /** Make the fact durable, then fold it. */
    record Append(TransactionEvent event) implements Action {}

    /** Sign the call with the nonce, make {@code Prepared} durable, fold it. */
    record Prepare(long nonce, Call call, Fees fees) implements Action {}

    /** Sign the same call with the same nonce and higher fees, make {@code Replaced} durable, fold it. */
    record Reprice(long nonce, Call call, Fees fees) implements Action {}

    /** Send durable bytes; fold {@code Sent} or {@code Refused}. */
    record Broadcast(long nonce, SignedVersion version) implements Action {}

    /**
     * Do nothing and tell the operator: final transactions are missing on the chain, so it is another chain, was reset,
     * or the node is far behind.
     */
    record ChainBehind(long expectedNonce, long actualNonce) implements Action {}
}
