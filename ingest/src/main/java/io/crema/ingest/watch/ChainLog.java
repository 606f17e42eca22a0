package io.crema.ingest.watch;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.Comparator;
import java.util.List;

/**
 * One log of a contract, as the chain gives it.
 *
 * @param topics 0x-hexadecimal; the first names the event
 * @param data 0x-hexadecimal
 */
public record ChainLog(
        Address contract,
        List<String> topics,
        String data,
        long blockNumber,
        Hash blockHash,
        Hash transactionHash,
        int logIndex) {

    /** The order in which the chain holds them. */
    public static final Comparator<ChainLog> ORDER =
            Comparator.comparingLong(ChainLog::blockNumber).thenComparingInt(ChainLog::logIndex);

    public ChainLog {
        topics = List.copyOf(topics);
    }
}
