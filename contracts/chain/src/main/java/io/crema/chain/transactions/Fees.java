package io.crema.chain.transactions;

import java.math.BigInteger;

/**
 * What a transaction pays per unit of gas at most (EIP-1559), in wei.
 *
 * @param maxPriority to the block's proposer
 * @param max in all
 */
public record Fees(BigInteger maxPriority, BigInteger max) {

    public Fees {
        if (maxPriority.signum() < 0 || maxPriority.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "the priority fee is from 0 to the whole fee, got %s of %s wei".formatted(maxPriority, max));
        }
    }
}
