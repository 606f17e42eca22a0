package io.crema.ingest.watch;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.List;
import java.util.Optional;

/**
 * A view of the chain. Nothing holds it still between two calls: another node may answer, blocks may be replaced. Each
 * call throws {@link ChainUnavailableException} when there is no answer, {@link ContradictionException} when the answers
 * cannot be true, and those that read logs {@link RangeTooLargeException} when they would be too many.
 */
public interface ChainReader {

    /** The chain's id (EIP-155). */
    long chainId();

    /** The newest block. */
    BlockHeader head();

    /** The newest block that the chain calls so; empty when the node does not know the tag. */
    default Optional<BlockHeader> tagged(Finality.Tag tag) {
        return Optional.empty();
    }

    /** The blocks of these numbers, in this order; numbers that the chain does not have are left out. */
    List<BlockHeader> headers(List<Long> numbers);

    /** The watched contracts' logs in the blocks {@code from} to {@code to}, both included. */
    List<ChainLog> logs(long from, long to);

    /** The watched contracts' logs in exactly these blocks. */
    List<ChainLog> logs(List<Hash> blocks);

    /** The watched contracts' logs in the blocks {@code from} to {@code to} with what shows that they belong together. */
    default Slice slice(long from, long to) {
        var before = headers(List.of(to)).stream().findFirst();
        var logs = logs(from, to).stream().sorted(ChainLog.ORDER).toList();
        return new Slice(before, headers(Slice.numbers(from, to, logs)), logs);
    }

    /** Tells that this slice will most likely be asked for next: it may be read meanwhile. */
    default void ahead(long from, long to) {}

    /** Whether there is a contract at this address. */
    boolean deployed(Address contract);
}
