package io.crema.chain.transactions;

import io.crema.contracts.value.Hash;
import java.time.Instant;

/**
 * What happened to the transaction with a nonce of one sending account. All but {@link Sent} and {@link Refused} must
 * be durable before anything is done because of them; those two only pace the resending and may be folded without being
 * written.
 */
public sealed interface TransactionEvent {
    long nonce();

    Instant at();

    /** A nonce was taken for the call and its first version signed. */
    record Prepared(long nonce, Call call, SignedVersion version, Instant at) implements TransactionEvent {}

    /** Another version with the same nonce and call pays more; the earlier ones may still be mined. */
    record Replaced(long nonce, SignedVersion version, Instant at) implements TransactionEvent {}

    /** The node holds the version. */
    record Sent(long nonce, Hash transaction, Instant at) implements TransactionEvent {}

    /** The node did not take the version. */
    record Refused(long nonce, Hash transaction, SendResult result, Instant at) implements TransactionEvent {}

    /** A version is in a block. */
    record Mined(long nonce, Inclusion inclusion, Instant at) implements TransactionEvent {}

    /** The block it was in is no longer part of the chain: back to sent. */
    record Reorged(long nonce, Inclusion lost, Instant at) implements TransactionEvent {}

    /** Final: executed, and deep enough. */
    record Confirmed(long nonce, Inclusion inclusion, Instant at) implements TransactionEvent {}

    /** Final: it will never have an effect. */
    record Failed(long nonce, FailureCause cause, Instant at) implements TransactionEvent {}
}
