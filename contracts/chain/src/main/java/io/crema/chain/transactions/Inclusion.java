package io.crema.chain.transactions;

import io.crema.contracts.value.Hash;
import java.math.BigInteger;

/**
 * Where and how a transaction was executed.
 *
 * @param transaction the hash of the version that was mined
 * @param block hash of the block
 * @param blockNumber its number
 * @param success false = it reverted, and cost its gas
 * @param gasUsed units of gas
 * @param gasPrice wei paid per unit
 */
public record Inclusion(
        Hash transaction, Hash block, long blockNumber, boolean success, long gasUsed, BigInteger gasPrice) {

    /** Whether both tell of the same execution in the same block. */
    public boolean isSameAs(Inclusion other) {
        return transaction.equals(other.transaction) && block.equals(other.block);
    }
}
