package io.crema.chain.transactions;

import java.time.Duration;

/**
 * How an account sends. Pure.
 *
 * @param fees what to offer
 * @param confirmations blocks, with the one it is in, until a transaction is final; at least 1
 * @param resendAfter how long after a broadcast the same bytes go out again
 * @param maxOpen transactions that may be open at once
 */
public record TransactionPolicy(FeePolicy fees, int confirmations, Duration resendAfter, int maxOpen) {

    public TransactionPolicy {
        if (confirmations < 1) {
            throw new IllegalArgumentException("confirmations must be at least 1, got " + confirmations);
        }
        if (resendAfter.isNegative() || resendAfter.isZero()) {
            throw new IllegalArgumentException("resendAfter must be positive, got " + resendAfter);
        }
        if (maxOpen < 1) {
            throw new IllegalArgumentException("maxOpen must be at least 1, got " + maxOpen);
        }
    }
}
