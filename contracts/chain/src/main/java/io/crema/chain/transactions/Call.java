package io.crema.chain.transactions;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/**
 * What one transaction shall do, and for which intents. Immutable.
 *
 * @param intents ids of the intents inside, each once; none in a filler
 * @param to the contract called
 * @param value wei sent along
 * @param data the encoded function call
 * @param gasLimit the most gas it may use
 */
public record Call(List<Hash> intents, Address to, BigInteger value, Payload data, long gasLimit) {
    private static final long PLAIN_TRANSFER_GAS = 21_000;

    public Call {
        intents = List.copyOf(intents);
        if (Set.copyOf(intents).size() != intents.size()) {
            throw new IllegalArgumentException("a call serves each intent once, got " + intents);
        }
        if (value.signum() < 0) {
            throw new IllegalArgumentException("a call sends 0 wei or more, got " + value);
        }
        if (gasLimit < PLAIN_TRANSFER_GAS) {
            throw new IllegalArgumentException("a transaction needs at least 21000 gas, got " + gasLimit);
        }
    }

    /** A call of a function without value. */
    public static Call of(List<Hash> intents, Address to, Payload data, long gasLimit) {
        if (intents.isEmpty()) {
            throw new IllegalArgumentException("a call serves at least one intent, got none");
        }
        return new Call(intents, to, BigInteger.ZERO, data, gasLimit);
    }

    /** Does nothing but use up a nonce, so that the later ones can be mined: nothing sent from the account to itself. */
    public static Call filler(Address account) {
        return new Call(List.of(), account, BigInteger.ZERO, Payload.EMPTY, PLAIN_TRANSFER_GAS);
    }

    public boolean isFiller() {
        return intents.isEmpty();
    }
}
