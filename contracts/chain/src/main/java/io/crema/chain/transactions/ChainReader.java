package io.crema.chain.transactions;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a service reads from a node beside what the transaction core needs. Questions throw
 * {@link ChainUnreachableException} when there is no usable answer. Implementations are thread-safe.
 */
public interface ChainReader {

    /** A call of a view function. */
    record Question(Address contract, Payload data) {}

    /** What the account holds at the newest block, in wei. */
    BigInteger balance(Address account);

    /** The answers, in the order of the questions, as of the end of a block; asked in one exchange. */
    List<CallResult<Payload>> callAll(List<Question> questions, long blockNumber);

    /** As {@link ChainPort#inclusion}, with the logs. */
    Optional<Execution> execution(Hash transaction);

    /** {@link #execution} of several, one answer for each, in their order. */
    default List<Optional<Execution>> executions(List<Hash> transactions) {
        return transactions.stream().map(this::execution).toList();
    }
}
