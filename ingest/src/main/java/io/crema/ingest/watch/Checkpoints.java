package io.crema.ingest.watch;

import io.crema.events.ChainCheckpoint;
import io.crema.events.RecentBlock;
import io.crema.schemas.convert.Convert;
import java.util.ArrayList;
import java.util.List;

/**
 * How checkpoints follow each other. A checkpoint lists, oldest first, the last {@link #KEPT} blocks (far from the
 * chain's newest block only those with logs) and one before them; a listed block's neighbours that are not listed have
 * published nothing.
 */
final class Checkpoints {
    /** So many blocks can be taken back. */
    static final int KEPT = 64;

    private Checkpoints() {}

    static RecentBlock recent(BlockHeader block, List<LogRecord> records) {
        var logs = records.stream().map(LogRecord::reversible).toList();
        return new RecentBlock(block.number(), Convert.bytes32(block.hash()), logs, block.time());
    }

    /** The checkpoint after {@code blocks}, which are not empty and continue {@code before}. */
    static ChainCheckpoint after(Watched watched, List<RecentBlock> before, List<RecentBlock> blocks) {
        var last = blocks.getLast();
        var all = new ArrayList<>(before);
        all.addAll(blocks);
        var floor = last.getNumber() - KEPT;
        var first = 0;
        while (first + 1 < all.size() && all.get(first + 1).getNumber() <= floor) {
            first++;
        }
        return at(watched, List.copyOf(all.subList(first, all.size())));
    }

    /** The checkpoint at the newest of {@code recent}. */
    static ChainCheckpoint at(Watched watched, List<RecentBlock> recent) {
        var last = recent.getLast();
        return new ChainCheckpoint(
                watched.chainId(),
                Convert.bytes20(watched.paymentProvider()),
                last.getNumber(),
                last.getHash(),
                recent);
    }
}
