package io.crema.ingest.watch;

import io.crema.contracts.value.Hash;
import io.crema.events.ChainCheckpoint;
import io.crema.ingest.watch.Step.Reason;
import io.crema.schemas.convert.Convert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the logs of a deployment's contracts into the log: each once, in the chain's order, without a gap; and takes
 * them back, newest first, when their block is replaced. A fold of the log that obeys reversals equals the chain.
 *
 * <p>All state is the checkpoint, which travels in the events' own transaction. A step that throws has published
 * nothing or all of it; the next step finds out which. For one thread.
 */
public final class ChainWatcher {
    private final Watched watched;
    private final ChainReader chain;
    private final LogDecoder decoder;
    private final EventLog log;
    private final Range range;
    private final Rewind rewind;
    private boolean open;
    private boolean known;
    private @Nullable Settled settled;
    private @Nullable ChainCheckpoint checkpoint;

    /** Blocks up to {@code number} are read in ranges; the newest is {@code head}. */
    private record Settled(long number, BlockHeader head) {}

    public ChainWatcher(Watched watched, ChainReader chain, LogDecoder decoder, EventLog log) {
        this.watched = watched;
        this.chain = chain;
        this.decoder = decoder;
        this.log = log;
        this.range = new Range(watched.range(), watched.logs());
        this.rewind = new Rewind(watched, chain);
    }

    /**
     * Reads a little of the chain and appends it. Call it again and again.
     *
     * @throws ChainUnavailableException and {@link EventLogUnavailableException}: call it again later
     * @throws SupersededException another watcher has taken over: do not call it again
     * @throws UndecodableLogException a contract is not what it should be
     */
    public Step step() {
        if (!open) {
            checkpoint = log.open().orElse(null);
            open = true;
            known = false;
        }
        try {
            var last = checkpoint;
            var step = known && last != null ? advance(last) : getToKnow();
            if (step instanceof Step.Moved) {
                settled = null;
            }
            return step;
        } catch (ChainUnavailableException e) {
            known = false;
            throw e;
        }
    }

    /** Whoever answers after a silence may be another chain. */
    private Step getToKnow() {
        var id = chain.chainId();
        var last = checkpoint;
        if (id != watched.chainId()) {
            return new Step.Refused(
                    Reason.OTHER_CHAIN,
                    "the node serves chain %d, this deployment is on chain %d; correct CREMA_RPC_URLS or CREMA_CHAIN_ID"
                            .formatted(id, watched.chainId()));
        }
        if (last != null && last.getChainId() != id) {
            return new Step.Refused(
                    Reason.OTHER_CHAIN,
                    "the log was written from chain %d, the node serves chain %d; use that chain, or an empty log"
                            .formatted(last.getChainId(), id));
        }
        if (last == null) {
            var refused = begin();
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        known = true;
        settled = null;
        return advance(Objects.requireNonNull(checkpoint));
    }

    /** The first checkpoint is the block before the contracts: all of theirs can be taken back to it. */
    private Optional<Step> begin() {
        var head = chain.head().number();
        var first = watched.deploymentBlock();
        var base = chain.headers(List.of(first - 1));
        if (head < first || base.isEmpty()) {
            return Optional.of(new Step.Refused(
                    Reason.BEHIND,
                    "the chain's newest block is %d, the contracts were deployed in block %d; wait until the node has caught up, or correct CREMA_DEPLOYMENT_BLOCK"
                            .formatted(head, first)));
        }
        if (!chain.deployed(watched.paymentProvider())) {
            return Optional.of(new Step.Refused(
                    Reason.OTHER_CHAIN,
                    "there is no contract at %s on chain %d; correct CREMA_PAYMENT_PROVIDER, or deploy the contracts"
                            .formatted(watched.paymentProvider(), watched.chainId())));
        }
        append(List.of(), Checkpoints.at(watched, List.of(Checkpoints.recent(base.getFirst()))));
        return Optional.empty();
    }

    private Step advance(ChainCheckpoint last) {
        var from = last.getBlockNumber() + 1;
        var far = settled;
        if (far != null && from <= far.number()) {
            return backfill(last, far);
        }
        settled = null;
        var head = chain.head();
        if (head.number() < last.getBlockNumber()) {
            return behind(last, head);
        }
        var target = target(head);
        if (target.isEmpty()) {
            return noFinality();
        }
        if (from > target.getAsLong()) {
            return upToDate(last, head);
        }
        far = new Settled(Math.min(target.getAsLong(), head.number() - Checkpoints.KEPT), head);
        if (from <= far.number()) {
            settled = far;
            return backfill(last, far);
        }
        var most = Math.min(range.blocks(), Checkpoints.KEPT);
        return follow(last, Math.min(target.getAsLong(), from + most - 1), head);
    }

    /** The highest block whose logs may be published; empty when the node does not say. */
    private OptionalLong target(BlockHeader head) {
        return switch (watched.finality()) {
            case Finality.Confirmations(var blocks) -> OptionalLong.of(head.number() - blocks + 1);
            case Finality.Tag tag ->
                chain.tagged(tag)
                        .map(block -> OptionalLong.of(Math.min(block.number(), head.number())))
                        .orElse(OptionalLong.empty());
        };
    }

    private Step upToDate(ChainCheckpoint last, BlockHeader head) {
        var block =
                last.getBlockNumber() == head.number() ? List.of(head) : chain.headers(List.of(last.getBlockNumber()));
        return !block.isEmpty() && block.getFirst().hash().equals(hash(last))
                ? new Step.UpToDate(last.getBlockNumber(), head.number())
                : rewind(last, head);
    }

    /** Far below the newest block: by range, with the last block checked before and after. */
    private Step backfill(ChainCheckpoint last, Settled far) {
        var from = last.getBlockNumber() + 1;
        var to = Math.min(far.number(), from + range.blocks() - 1);
        Slice slice;
        try {
            slice = chain.slice(from, to);
        } catch (RangeTooLargeException e) {
            return narrowed(to - from + 1, e);
        }
        range.answered(to - from + 1, slice.logs().size());
        if (to < far.number()) {
            chain.ahead(to + 1, Math.min(far.number(), to + range.blocks()));
        }
        var blocks = slice.blocks();
        if (blocks.isEmpty() || blocks.getFirst().number() != from) {
            return new Step.Moved();
        }
        if (!blocks.getFirst().parent().equals(hash(last))) {
            settled = null;
            return rewind(last, far.head());
        }
        if (slice.before().filter(blocks.getLast()::equals).isEmpty()) {
            return new Step.Moved();
        }
        return publish(last, blocks, slice.logs(), far.head());
    }

    /** Near the newest block: block by block, each named by its hash, so that a reorg meanwhile mixes nothing. */
    private Step follow(ChainCheckpoint last, long to, BlockHeader head) {
        var from = last.getBlockNumber() + 1;
        var blocks = chain.headers(LongStream.rangeClosed(from, to).boxed().toList());
        if (!blocks.isEmpty() && !blocks.getFirst().parent().equals(hash(last))) {
            return rewind(last, head);
        }
        if (blocks.size() != to - from + 1) {
            return new Step.Moved();
        }
        for (var i = 1; i < blocks.size(); i++) {
            if (!blocks.get(i).parent().equals(blocks.get(i - 1).hash())) {
                return new Step.Moved();
            }
        }
        List<ChainLog> logs;
        try {
            logs = chain.logs(blocks.stream().map(BlockHeader::hash).toList());
        } catch (RangeTooLargeException e) {
            return narrowed(blocks.size(), e);
        }
        range.answered(blocks.size(), logs.size());
        return publish(last, blocks, logs, head);
    }

    private Step narrowed(long blocks, RangeTooLargeException refused) {
        if (blocks == 1) {
            throw refused;
        }
        range.refused(blocks, refused.suggested());
        return new Step.Narrowed(blocks, String.valueOf(refused.getMessage()));
    }

    private Step publish(ChainCheckpoint last, List<BlockHeader> blocks, List<ChainLog> logs, BlockHeader head) {
        Map<Hash, BlockHeader> byHash = new HashMap<>();
        blocks.forEach(block -> byHash.put(block.hash(), block));
        List<LogRecord> records = new ArrayList<>(logs.size());
        for (var entry : logs.stream().sorted(ChainLog.ORDER).toList()) {
            var block = byHash.get(entry.blockHash());
            if (block == null || block.number() != entry.blockNumber()) {
                return new Step.Moved();
            }
            decoder.decode(entry, block).ifPresent(records::add);
        }
        var recent = blocks.stream().map(Checkpoints::recent).toList();
        append(records, Checkpoints.after(watched, last.getRecent(), recent));
        return new Step.Published(last.getBlockNumber() + 1, blocks.getLast().number(), records.size(), head.number());
    }

    private Step rewind(ChainCheckpoint last, BlockHeader head) {
        return switch (rewind.plan(last, head)) {
            case Rewind.Nowhere() -> new Step.Moved();
            case Rewind.Never(var refused) -> refused;
            case Rewind.To(var recent) -> {
                var ancestor = recent.getLast();
                var since = ancestor.getTime() == null ? Instant.EPOCH : ancestor.getTime();
                var reversals = log.published(ancestor.getNumber(), since).stream()
                        .map(LogRecord::reversal)
                        .toList();
                append(reversals, Checkpoints.at(watched, recent));
                yield new Step.Reversed(ancestor.getNumber(), last.getBlockNumber(), reversals.size());
            }
        };
    }

    private void append(List<LogRecord> records, ChainCheckpoint next) {
        open = false;
        log.append(records, next);
        checkpoint = next;
        open = true;
    }

    private Step behind(ChainCheckpoint last, BlockHeader head) {
        var sameNumber = last.getRecent().stream()
                .filter(block -> block.getNumber() == head.number())
                .findFirst();
        var differs = sameNumber
                .filter(block -> !Convert.hash(block.getHash()).equals(head.hash()))
                .isPresent();
        return new Step.Refused(
                Reason.BEHIND,
                "the chain is behind its log: its newest block is %d, the log knows block %d (%s)%s. Wait if the node is still syncing; else restore the chain's state, or start again with an empty data directory"
                        .formatted(
                                head.number(),
                                last.getBlockNumber(),
                                hash(last),
                                differs ? ", and block " + head.number() + " is another one than the log's" : ""));
    }

    private Step noFinality() {
        return new Step.Refused(
                Reason.NO_FINALITY,
                "the node does not know %s; give CREMA_FINALITY a number of confirmations, or use another node"
                        .formatted(watched.finality()));
    }

    private static Hash hash(ChainCheckpoint last) {
        return Convert.hash(last.getBlockHash());
    }
}
