package io.crema.ingest.watch;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The logs of a range of blocks, and what it takes to see that no reorg fell into the reading: the range's last block as
 * it was before the logs were read, and after. Immutable.
 *
 * @param before the range's last block, before; empty when the node does not have it
 * @param blocks after: the range's first block, each one with logs, and the last; oldest first, without those that the
 *     node does not have
 * @param logs in the chain's order
 */
public record Slice(Optional<BlockHeader> before, List<BlockHeader> blocks, List<ChainLog> logs) {
    public Slice {
        blocks = List.copyOf(blocks);
        logs = List.copyOf(logs);
    }

    /** Whose headers have to be read after these logs. */
    public static List<Long> numbers(long from, long to, List<ChainLog> logs) {
        return Stream.concat(Stream.of(from, to), logs.stream().map(ChainLog::blockNumber))
                .distinct()
                .sorted()
                .toList();
    }
}
