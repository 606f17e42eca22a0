package io.crema.edge.node;

import io.crema.contracts.value.Hash;
import io.crema.edge.Provisioning;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.MemoryLog;
import java.util.Optional;

/**
 * What a machine knows of the world: how it was provisioned, and the facts that it was told since, on a small log of their
 * own. A fact counts once it is in the log. Not thread-safe.
 */
public final class Knowledge implements AutoCloseable {
    private static final long SEGMENT_BYTES = 256 * 1024;

    /** A block's time may be lost with the power, and is written at most once in so many seconds. */
    private static final long BLOCK_SECONDS = 60;

    private final ProvisioningSource source;
    private final AppendLog log;
    private final Told told = new Told();
    private long writtenBlock = Long.MIN_VALUE;
    private Optional<Merged> merged = Optional.empty();

    private record Merged(Provisioning base, Provisioning all) {}

    /** Folds the log. */
    public Knowledge(ProvisioningSource source, AppendLog log) {
        this.source = source;
        this.log = log;
        log.read(log.newestSegment(), (entry, after) -> {
            FactCodec.decode(entry).forEach(told::apply);
            return true;
        });
    }

    /** Forgets with the process what it is told. */
    public static Knowledge inMemory(ProvisioningSource source) {
        return new Knowledge(source, new MemoryLog());
    }

    /** All that holds now. */
    public Provisioning current() {
        var base = source.current();
        if (merged.filter(it -> it.base() == base).isEmpty()) {
            merged = Optional.of(new Merged(base, told.over(base)));
        }
        return merged.orElseThrow().all();
    }

    /** The last authenticated block. */
    public Optional<Fact.Block> block() {
        return told.block;
    }

    /** Where the channel stands on chain, if that was ever told. */
    public Optional<Fact.ChannelStanding> channel() {
        return told.channel.filter(it -> it.channel().equals(source.current().channel()));
    }

    boolean isRevoked(Hash badge) {
        return told.isRevoked(badge);
    }

    /** Takes a fact if it may be believed and says something new; durable when this returns. */
    Learned learn(Fact fact) {
        var learned = new FactCheck(told, current()).judge(fact);
        if (learned.result() == Learned.Result.TAKEN) {
            write(fact);
            told.apply(fact);
            merged = Optional.empty();
            if (log.end().offset() > SEGMENT_BYTES) {
                log.roll(FactCodec.snapshot(told.facts()));
                log.dropBefore(log.newestSegment().segment());
            }
        }
        return learned;
    }

    private void write(Fact fact) {
        if (!(fact instanceof Fact.Block block)) {
            log.append(FactCodec.encode(fact));
            return;
        }
        var second = block.time().getEpochSecond();
        if (second - BLOCK_SECONDS >= writtenBlock || second < writtenBlock) {
            log.note(FactCodec.encode(fact));
            writtenBlock = second;
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
