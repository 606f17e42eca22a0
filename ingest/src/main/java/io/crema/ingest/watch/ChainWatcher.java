package io.crema.ingest.watch;

import io.crema.contracts.value.Hash;
import io.crema.events.ChainCheckpoint;
import io.crema.events.RecentBlock;
import io.crema.ingest.watch.Step.Reason;
import io.crema.schemas.convert.Convert;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
    private boolean open;
    private boolean known;
    private int range;
    private @Nullable ChainCheckpoint checkpoint;

    public ChainWatcher(Watched watched, ChainReader chain, LogDecoder decoder, EventLog log) {
        this.watched = watched;
        this.chain = chain;
        this.decoder = decoder;
        this.log = log;
        this.range = watched.range();
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
            return known && last != null ? advance(last) : getToKnow();
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
        if (!deployed()) {
            return Optional.of(new Step.Refused(
                    Reason.OTHER_CHAIN,
                    "there is no contract at %s on chain %d; correct CREMA_PAYMENT_PROVIDER, or deploy the contracts"
                            .formatted(watched.paymentProvider(), watched.chainId())));
        }
        append(List.of(), Checkpoints.at(watched, List.of(Checkpoints.recent(base.getFirst(), List.of()))));
        return Optional.empty();
    }

    private Step advance(ChainCheckpoint last) {
        var head = chain.head();
        var target = head.number() - watched.confirmations() + 1;
        if (head.number() < last.getBlockNumber()) {
            return behind(last, head);
        }
        var from = last.getBlockNumber() + 1;
        if (from > target) {
            return upToDate(last, head);
        }
        var settled = Math.min(target, head.number() - Checkpoints.KEPT);
        return from <= settled
                ? backfill(last, Math.min(settled, from + range - 1), head)
                : follow(last, Math.min(target, from + Checkpoints.KEPT - 1), head);
    }

    private Step upToDate(ChainCheckpoint last, BlockHeader head) {
        var block =
                last.getBlockNumber() == head.number() ? List.of(head) : chain.headers(List.of(last.getBlockNumber()));
        return !block.isEmpty() && block.getFirst().hash().equals(hash(last))
                ? new Step.UpToDate(last.getBlockNumber(), head.number())
                : rewind(last, head);
    }

    /** Far below the newest block: by range, with the blocks checked before and after. */
    private Step backfill(ChainCheckpoint last, long to, BlockHeader head) {
        var from = last.getBlockNumber() + 1;
        var before = chain.headers(List.of(from, to));
        if (before.size() < 2) {
            return new Step.Moved();
        }
        if (!before.getFirst().parent().equals(hash(last))) {
            return rewind(last, head);
        }
        var logs = logs(from, to);
        var numbers = Stream.concat(logs.stream().map(ChainLog::blockNumber), Stream.of(to))
                .distinct()
                .sorted()
                .toList();
        var blocks = chain.headers(numbers);
        if (blocks.isEmpty() || !blocks.getLast().equals(before.getLast())) {
            return new Step.Moved();
        }
        return publish(last, blocks, logs, head);
    }

    /** The provider may refuse a range for its size: ask for less next time, then slowly for more. */
    private List<ChainLog> logs(long from, long to) {
        try {
            var logs = chain.logs(from, to);
            range = Math.min(watched.range(), range * 2);
            return logs;
        } catch (ChainUnavailableException e) {
            range = Math.max(1, range / 2);
            throw e;
        }
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
        return publish(
                last, blocks, chain.logs(blocks.stream().map(BlockHeader::hash).toList()), head);
    }

    private Step publish(ChainCheckpoint last, List<BlockHeader> blocks, List<ChainLog> logs, BlockHeader head) {
        var byBlock = logs.stream().sorted(ChainLog.ORDER).collect(Collectors.groupingBy(ChainLog::blockHash));
        List<LogRecord> records = new ArrayList<>();
        List<RecentBlock> recent = new ArrayList<>();
        for (var block : blocks) {
            var ofBlock = byBlock.getOrDefault(block.hash(), List.of()).stream()
                    .flatMap(entry -> decoder.decode(entry, block).stream())
                    .toList();
            byBlock.remove(block.hash());
            records.addAll(ofBlock);
            recent.add(Checkpoints.recent(block, ofBlock));
        }
        if (!byBlock.isEmpty()) {
            return new Step.Moved();
        }
        append(records, Checkpoints.after(watched, last.getRecent(), recent));
        return new Step.Published(last.getBlockNumber() + 1, blocks.getLast().number(), records.size(), head.number());
    }

    private Step rewind(ChainCheckpoint last, BlockHeader head) {
        var recent = last.getRecent();
        var current = chain.headers(recent.stream().map(RecentBlock::getNumber).toList()).stream()
                .collect(Collectors.toMap(BlockHeader::number, BlockHeader::hash));
        var common = recent.size() - 1;
        while (common >= 0
                && !hash(recent.get(common))
                        .equals(current.get(recent.get(common).getNumber()))) {
            common--;
        }
        if (common == recent.size() - 1 || current.size() < recent.size()) {
            return new Step.Moved(); // a node that lags has missing blocks, not other ones
        }
        if (common < 0 || recent.get(common).getNumber() < watched.deploymentBlock() && !deployed()) {
            return deepReorg(recent, head);
        }
        List<LogRecord> reversals = new ArrayList<>();
        for (var block : recent.subList(common + 1, recent.size()).reversed()) {
            var logs = new ArrayList<>(block.getLogs());
            Collections.reverse(logs);
            logs.forEach(entry -> reversals.add(LogRecord.reversal(entry)));
        }
        append(reversals, Checkpoints.at(watched, List.copyOf(recent.subList(0, common + 1))));
        return new Step.Reversed(recent.get(common).getNumber(), last.getBlockNumber(), reversals.size());
    }

    /** A chain begun anew may share its first block with the log's; without the contracts it is another one. */
    private boolean deployed() {
        return chain.deployed(watched.paymentProvider());
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
        var differs = sameNumber.isPresent() && !hash(sameNumber.get()).equals(head.hash());
        return new Step.Refused(
                Reason.BEHIND,
                "the chain is behind its log: its newest block is %d, the log knows block %d (%s)%s. Wait if the node is still syncing; else restore the chain's state, or start again with an empty data directory"
                        .formatted(
                                head.number(),
                                last.getBlockNumber(),
                                hash(last),
                                differs ? ", and block " + head.number() + " is another one than the log's" : ""));
    }

    private static Step deepReorg(List<RecentBlock> recent, BlockHeader head) {
        var oldest = recent.getFirst();
        return new Step.Refused(
                Reason.DEEP_REORG,
                "the chain (newest block %d) shares none of the contracts' blocks with the log from block %d (%s) to %d: it is another chain, or more than %d blocks were replaced. Nothing is published. Point CREMA_RPC_URLS at the chain that the log was made from, or start again with an empty data directory"
                        .formatted(
                                head.number(),
                                oldest.getNumber(),
                                hash(oldest),
                                recent.getLast().getNumber(),
                                Checkpoints.KEPT));
    }

    private static Hash hash(ChainCheckpoint last) {
        return Convert.hash(last.getBlockHash());
    }

    private static Hash hash(RecentBlock block) {
        return Convert.hash(block.getHash());
    }
}
