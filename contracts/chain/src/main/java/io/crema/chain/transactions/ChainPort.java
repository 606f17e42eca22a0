package io.crema.chain.transactions;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Ethereum node as the transaction core sees it. Questions throw {@link ChainUnreachableException} when there is no
 * usable answer; a broadcast tells everything in its result. Implementations are thread-safe.
 */
public interface ChainPort {

    long chainId();

    /** The number of the newest block. */
    long blockNumber();

    /** The hash of the block with the number on the node's present chain. */
    Optional<Hash> blockHash(long number);

    /** How many transactions of the account are in blocks: the next nonce. */
    long latestNonce(Address account);

    /** The same, with what waits in the node's pool. */
    long pendingNonce(Address account);

    /** The same as of the end of an earlier block. */
    long nonceAt(Address account, long blockNumber);

    FeeQuote fees();

    /** Units of gas the call would use now. */
    CallResult<Long> estimateGas(Address from, Address to, Payload data);

    /** What the call would return now, without a transaction. */
    CallResult<Payload> call(Address from, Address to, Payload data);

    /** Where the transaction was executed on the node's present chain. */
    Optional<Inclusion> inclusion(Hash transaction);

    /** Broadcasts signed bytes. Repeating it is harmless. */
    SendResult send(Payload raw);

    /** {@link #inclusion} of several; what is in no block is left out. */
    default Map<Hash, Inclusion> inclusions(List<Hash> transactions) {
        Map<Hash, Inclusion> found = new HashMap<>();
        transactions.forEach(
                transaction -> inclusion(transaction).ifPresent(inclusion -> found.put(transaction, inclusion)));
        return found;
    }

    /** {@link #send} of several, one result for each, in their order. */
    default List<SendResult> sendAll(List<Payload> raw) {
        return raw.stream().map(this::send).toList();
    }
}
