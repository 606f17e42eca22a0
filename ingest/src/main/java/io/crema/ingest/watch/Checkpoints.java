package io.crema.ingest.watch;

import io.crema.events.ChainCheckpoint;
import io.crema.events.RecentBlock;
import io.crema.schemas.convert.Convert;
import java.util.ArrayList;
import java.util.List;

/**
 * How checkpoints follow each other. A checkpoint lists blocks to which the log can be taken back, oldest first: of the
 * newest {@link #KEPT} each that was read, before them fewer and fewer, down to {@link #DEEPEST} and one more. What was
 * published from the blocks between is in the log itself.
 */
final class Checkpoints {
    /** So many of the newest blocks are listed one by one. */
    static final int KEPT = 64;
    /** So deep a reorg can be. */
    static final int DEEPEST = 8_192;

    private static final int COARSE = 16;
    private static final int COARSER = 256;
    private static final int COARSER_BELOW = 512;

    private Checkpoints() {}

    static RecentBlock recent(BlockHeader block) {
        return new RecentBlock(block.number(), Convert.bytes32(block.hash()), List.of(), block.time());
    }

    /** The checkpoint after {@code blocks}, which are not empty and continue {@code before}. */
    static ChainCheckpoint after(Watched watched, List<RecentBlock> before, List<RecentBlock> blocks) {
        var all = new ArrayList<>(before);
        all.addAll(blocks);
        return at(watched, thinned(all));
    }

    /** The first of each run of so many numbers, the longer the older. */
    private static List<RecentBlock> thinned(List<RecentBlock> all) {
        var newest = all.getLast().getNumber();
        List<RecentBlock> kept = new ArrayList<>();
        for (var block : all) {
            var depth = newest - block.getNumber();
            if (depth > DEEPEST) {
                kept.clear();
            } else if (depth > KEPT && !kept.isEmpty()) {
                var run = depth > COARSER_BELOW ? COARSER : COARSE;
                if (kept.getLast().getNumber() / run == block.getNumber() / run) {
                    continue;
                }
            }
            kept.add(withoutLogs(block));
        }
        return List.copyOf(kept);
    }

    /** Older versions listed the logs in the checkpoint. */
    private static RecentBlock withoutLogs(RecentBlock block) {
        return block.getLogs().isEmpty()
                ? block
                : new RecentBlock(block.getNumber(), block.getHash(), List.of(), block.getTime());
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
