package io.crema.ingest.watch;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.List;

/**
 * A view of the chain. Nothing holds it still between two calls: another node may answer, blocks may be replaced. Each
 * call throws {@link ChainUnavailableException} when there is no answer.
 */
public interface ChainReader {

    /** The chain's id (EIP-155). */
    long chainId();

    /** The newest block. */
    BlockHeader head();

    /** The blocks of these numbers, in this order; numbers that the chain does not have are left out. */
    List<BlockHeader> headers(List<Long> numbers);

    /** The watched contracts' logs in the blocks {@code from} to {@code to}, both included. */
    List<ChainLog> logs(long from, long to);

    /** The watched contracts' logs in exactly these blocks. */
    List<ChainLog> logs(List<Hash> blocks);

    /** Whether there is a contract at this address. */
    boolean deployed(Address contract);
}
