package io.crema.simulation.chain;

import io.crema.chain.transactions.EventLog;
import io.crema.chain.transactions.SignedTransaction;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A block, with all that holds after it.
 *
 * @param time seconds since 1970
 * @param included in order; filled while it is made
 * @param state after it
 * @param nonces the next one of each account that signs, after it
 */
record Block(
        long number,
        Hash hash,
        Hash parent,
        long time,
        List<Included> included,
        PaymentState state,
        Map<Address, Long> nonces) {

    /**
     * A transaction in a block.
     *
     * @param success false = it reverted
     * @param firstLog the index of its first log within the block
     */
    record Included(Sent sent, boolean success, List<EventLog> logs, int firstLog) {
        Hash hash() {
            return sent.hash();
        }
    }

    /** What waits for a block: signed bytes, or a call of somebody whose account is not simulated. */
    sealed interface Sent {
        Hash hash();

        record Signed(SignedTransaction transaction) implements Sent {
            @Override
            public Hash hash() {
                return transaction.version().hash();
            }
        }

        record Direct(Hash hash, Address from, PaymentCall call) implements Sent {}
    }

    int logs() {
        return included.stream().mapToInt(one -> one.logs().size()).sum();
    }

    static Block after(Block parent, Hash hash, long time) {
        return new Block(
                parent.number + 1,
                hash,
                parent.hash,
                time,
                new ArrayList<>(),
                parent.state.copy(),
                new java.util.HashMap<>(parent.nonces));
    }
}
