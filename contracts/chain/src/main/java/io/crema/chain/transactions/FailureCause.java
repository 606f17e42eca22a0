package io.crema.chain.transactions;

/** Why a transaction finally failed. */
public sealed interface FailureCause {

    /** It was executed and reverted, and is deep enough. */
    record Reverted(Inclusion inclusion) implements FailureCause {}

    /** Somebody else who holds the account's key used the nonce; no version of ours was executed. */
    record NonceTaken(long confirmedNonce) implements FailureCause {}
}
