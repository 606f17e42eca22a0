package io.crema.chain.transactions;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/**
 * What one transaction shall do, and for which intents. Immutable.
 *
 * @param intents ids of the intents inside, at least one, each once
 * @param to the contract called
 * @param value wei sent along
 * @param data the encoded function call
 * @param gasLimit the most gas it may use
 */
public record Call(List<Hash> intents, Address to, BigInteger value, Payload data, long gasLimit) {

    public Call {
        intents = List.copyOf(intents);
        if (intents.isEmpty() || Set.copyOf(intents).size() != intents.size()) {
            throw new IllegalArgumentException("a call serves at least one intent and each once, got " + intents);
        }
        if (value.signum() < 0) {
            throw new IllegalArgumentException("a call sends 0 wei or more, got " + value);
        }
        if (gasLimit < 21_000) {
            throw new IllegalArgumentException("a transaction needs at least 21000 gas, got " + gasLimit);
        }
    }

    /** A call of a function without value. */
    public static Call of(List<Hash> intents, Address to, Payload data, long gasLimit) {
        return new Call(intents, to, BigInteger.ZERO, data, gasLimit);
    }
}
