package io.crema.chain.transactions;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.List;

/**
 * What a contract said during a transaction. Immutable.
 *
 * @param contract that emitted it
 * @param topics the event's signature hash, then its indexed arguments
 * @param data the other arguments, ABI-encoded
 */
public record EventLog(Address contract, List<Hash> topics, Payload data) {

    public EventLog {
        topics = List.copyOf(topics);
    }
}
