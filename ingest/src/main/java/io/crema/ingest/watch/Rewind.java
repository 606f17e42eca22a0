package io.crema.ingest.watch;

import io.crema.contracts.value.Hash;
import io.crema.events.ChainCheckpoint;
import io.crema.events.RecentBlock;
import io.crema.ingest.watch.Step.Reason;
import io.crema.schemas.convert.Convert;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How far the log has to be taken back after a reorg. Stateless. */
final class Rewind {
    /** So many listed blocks are taken back at once, so that the logs of a deep reorg do not wait in memory. */
    private static final int AT_ONCE = 16;

    private final Watched watched;
    private final ChainReader chain;

    /** What to do. */
    sealed interface Plan {}

    /** Nothing was replaced, as far as this node knows. */
    record Nowhere() implements Plan {}

    /** Not to be taken back. */
    record Never(Step.Refused why) implements Plan {}

    /** Take back what lies above the last of these blocks, with which the checkpoint ends then. */
    record To(List<RecentBlock> recent) implements Plan {}

    Rewind(Watched watched, ChainReader chain) {
        this.watched = watched;
        this.chain = chain;
    }

    Plan plan(ChainCheckpoint last, BlockHeader head) {
        var recent = last.getRecent();
        var newest = recent.size() - 1;
        var current = chain.headers(recent.stream().map(RecentBlock::getNumber).toList()).stream()
                .collect(Collectors.toMap(BlockHeader::number, BlockHeader::hash));
        var common = common(recent, current);
        if (common == newest || current.size() < recent.size()) {
            return new Nowhere(); // a node that lags has missing blocks, not other ones
        }
        if (common < 0 || (recent.get(common).getNumber() < watched.deploymentBlock() && !deployed())) {
            return new Never(deep(recent, head));
        }
        if (watched.finality() == Finality.Tag.FINALIZED) {
            return new Never(notFinal(recent.get(common + 1), current));
        }
        return new To(List.copyOf(recent.subList(0, upTo(recent, common) + 1)));
    }

    private static int common(List<RecentBlock> recent, Map<Long, Hash> current) {
        var common = recent.size() - 1;
        while (common >= 0
                && !hash(recent.get(common))
                        .equals(current.get(recent.get(common).getNumber()))) {
            common--;
        }
        return common;
    }

    /** The first stop on the way down to the common block. */
    private static int upTo(List<RecentBlock> recent, int common) {
        var newest = recent.size() - 1;
        var stop = newest - 1;
        while (stop > common
                && recent.getLast().getNumber() - recent.get(stop - 1).getNumber() <= AT_ONCE) {
            stop--;
        }
        return stop;
    }

    /** A chain begun anew may share its first block with the log's; without the contracts it is another one. */
    private boolean deployed() {
        return chain.deployed(watched.paymentProvider());
    }

    private static Step.Refused deep(List<RecentBlock> recent, BlockHeader head) {
        var oldest = recent.getFirst();
        return new Step.Refused(
                Reason.DEEP_REORG,
                "the chain (newest block %d) shares none of the contracts' blocks with the log from block %d (%s) to %d: it is another chain, or more than %d blocks were replaced. Nothing is published. Point CREMA_RPC_URLS at the chain that the log was made from, or start again with an empty data directory"
                        .formatted(
                                head.number(),
                                oldest.getNumber(),
                                hash(oldest),
                                recent.getLast().getNumber(),
                                Checkpoints.DEEPEST));
    }

    private static Step.Refused notFinal(RecentBlock replaced, Map<Long, Hash> current) {
        return new Step.Refused(
                Reason.DEEP_REORG,
                "block %d was published as finalized with hash %s; now the node has %s there: it is another chain, or its finality was broken. Nothing is published. Look at the node and its consensus client"
                        .formatted(replaced.getNumber(), hash(replaced), current.get(replaced.getNumber())));
    }

    private static Hash hash(RecentBlock block) {
        return Convert.hash(block.getHash());
    }
}
