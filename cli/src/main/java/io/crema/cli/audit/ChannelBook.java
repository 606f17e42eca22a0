package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.channel;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * All channels as the chain's events in the log tell them. Read twice: the first time for what is taken back, the
 * second in order. Not thread-safe.
 */
final class ChannelBook {
    private final long lastBlock;
    private final Map<ChannelId, BalanceRow> rows;
    private final LogEnds ends;
    private final Findings findings;
    private final Map<ChannelId, ChannelFold> channels = new TreeMap<>();
    private final Set<Place> reversed = new HashSet<>();
    private long events;
    private long redemptions;

    private record Place(Hash block, Hash transaction, int logIndex) {
        static Place of(Origin origin) {
            return new Place(hash(origin.getBlockHash()), hash(origin.getTransactionHash()), origin.getLogIndex());
        }
    }

    /** @param lastBlock which the chain is read at */
    ChannelBook(long lastBlock, Map<ChannelId, BalanceRow> rows, LogEnds ends, Findings findings) {
        this.lastBlock = lastBlock;
        this.rows = rows;
        this.ends = ends;
        this.findings = findings;
    }

    Map<ChannelId, ChannelFold> channels() {
        return Collections.unmodifiableMap(channels);
    }

    /** Empty where the log knows of no opening. */
    Optional<ChannelFold> fold(ChannelId channel) {
        return Optional.ofNullable(channels.get(channel));
    }

    long events() {
        return events;
    }

    long redemptions() {
        return redemptions;
    }

    /** The first reading. */
    void noteReversal(LogRecord record) {
        if (record.value().orElse(null) instanceof LogReversed back) {
            reversed.add(Place.of(back.getOrigin()));
        }
    }

    /** The second reading. */
    void add(LogRecord record) {
        var event = record.value().orElse(null);
        if (event instanceof LogReversed back) {
            var fold = channels.get(new ChannelId(hash(back.getSubject())));
            if (fold != null) {
                folding(fold, record);
                fold.takeBack(back.getOrigin());
            }
            return;
        }
        var origin = event == null ? Optional.<Origin>empty() : origin(event);
        if (event == null || origin.isEmpty()) {
            return;
        }
        events++;
        var id = channel((io.crema.events.Bytes32) event.get(0));
        var fold = channels.get(id);
        if (fold == null) {
            if (!(event instanceof ChannelOpened opened)) {
                findings.differs(7, id, event.getSchema().getName(), "the channel was never opened before", record);
                return;
            }
            fold = new ChannelFold(id, opened);
            channels.put(id, fold);
        }
        if (fold.isRepeat(origin.get())) {
            return;
        }
        folding(fold, record);
        if (reversed.contains(Place.of(origin.get()))) {
            fold.addForNow(event);
            return;
        }
        var impossible = fold.impossible(event);
        impossible.ifPresent(what -> findings.differs(1, id, what, "the contract cannot have done that", record));
        if (event instanceof ChannelRedeemed) {
            redemptions++;
        }
        var inBlock = origin.get().getBlockNumber() <= lastBlock;
        fold.add(event, origin.get(), record, inBlock);
        if (!inBlock) {
            findings.pending("chain events after the block", 1);
        }
    }

    /** Before an event is added that streams has not folded for sure, a balance may tell of what was before. */
    private void folding(ChannelFold fold, LogRecord record) {
        if (!ends.isFolded(record)) {
            fold.compare(Optional.ofNullable(rows.get(fold.id())));
            fold.moves();
        }
    }

    /**
     * After the last event: every balance must have told of one of the moments that it may be of.
     *
     * @param rewritten channels with a newer balance than those read, for which compaction may have removed the older
     */
    void compareRows(Set<ChannelId> rewritten) {
        channels.forEach((id, fold) -> {
            var row = Optional.ofNullable(rows.get(id));
            var before = fold.isTold();
            fold.compare(row);
            if (row.isEmpty()) {
                if (rewritten.contains(id)) {
                    fold.moves();
                }
                if (fold.isMoving()) {
                    findings.pending("channels without a balance yet", 1);
                } else {
                    findings.differs(
                            7, "channel " + id, "no balance", "the chain opened it and streams has read that", "");
                }
            } else if (!fold.isTold()) {
                findings.differs(
                        7,
                        "channel " + id,
                        row.get().chainPart(),
                        "its chain events amount to " + fold.slot(),
                        row.get().place());
            } else if (before) {
                findings.pending("balances that have chain events before them", 1);
            }
        });
    }

    /** Where an event of a channel's money happened; empty for other records. */
    static Optional<Origin> origin(SpecificRecord event) {
        return switch (event) {
            case ChannelOpened e -> Optional.of(e.getOrigin());
            case ChannelToppedUp e -> Optional.of(e.getOrigin());
            case ChannelRedeemed e -> Optional.of(e.getOrigin());
            case ChannelCloseRequested e -> Optional.of(e.getOrigin());
            case ChannelClosed e -> Optional.of(e.getOrigin());
            default -> Optional.empty();
        };
    }
}
