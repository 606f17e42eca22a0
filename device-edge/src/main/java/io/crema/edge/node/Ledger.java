package io.crema.edge.node;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.Position;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A machine's journal and what it adds up to. A record counts only once it is in the journal: if writing fails, the state
 * stays, and so does the machine. Not thread-safe.
 */
public final class Ledger implements AutoCloseable {
    /** A segment is left behind when it has grown to this many bytes. */
    public static final long SEGMENT_BYTES = 4L * 1024 * 1024;

    private final AppendLog log;
    private final long segmentBytes;
    private MachineState state;
    private Oldest oldest = new Oldest(new Position(-1, 0), Amount.ZERO);

    /** The channel's total before the first receipt behind a position. */
    private record Oldest(Position position, Amount before) {}

    /** Folds the journal; the channel must be the one that it was written for. */
    public Ledger(AppendLog log, ChannelId channel) {
        this(log, channel, SEGMENT_BYTES);
    }

    Ledger(AppendLog log, ChannelId channel, long segmentBytes) {
        this.log = log;
        this.segmentBytes = segmentBytes;
        this.state = new MachineState(channel);
        log.read(log.newestSegment(), (entry, after) -> {
            var record = JournalCodec.decode(entry);
            if (record instanceof JournalRecord.Snapshot snapshot) {
                state = snapshot.state();
            } else {
                state.apply(record);
            }
            return true;
        });
        if (!state.channel.equals(channel)) {
            throw new IllegalStateException(
                    "the journal is of channel %s, the machine now serves channel %s;".formatted(state.channel, channel)
                            + " publish the old journal and move it away first");
        }
    }

    MachineState state() {
        return state;
    }

    /** Makes the record durable, then counts it. */
    void record(JournalRecord record) {
        log.append(JournalCodec.encode(record));
        state.apply(record);
        rollWhenFull();
    }

    private void note(JournalRecord record) {
        log.note(JournalCodec.encode(record));
        state.apply(record);
    }

    /** The newest receipt that counts. */
    public Optional<SignedReceipt> newest() {
        return state.newest;
    }

    /** What failed pours have left to be given back. */
    public Amount credit() {
        return state.credit;
    }

    /** How many receipts are durable here and not yet acknowledged by the log. */
    public long unpublished() {
        return state.receipts - state.receiptsPublished;
    }

    /** What the receipts add up to that the log has not acknowledged. */
    public Amount unpublishedAmount() {
        if (unpublished() == 0) {
            return Amount.ZERO;
        }
        if (!state.published.equals(oldest.position())) {
            receipts(state.published, (receipt, after) -> {
                if (state.gaps.isFound(receipt.receipt().content().sequence())) {
                    return true;
                }
                var sale = receipt.sale();
                oldest = new Oldest(
                        state.published,
                        receipt.receipt()
                                .content()
                                .total()
                                .minusOrZero(sale.price().minusOrZero(sale.credit())));
                return false;
            });
        }
        return state.head().total().minusOrZero(oldest.before());
    }

    /** Up to where receipts are acknowledged. */
    public Position published() {
        return state.published;
    }

    /** Receipts up to the position are in the log now; {@code more} of them since the last time. */
    public void published(Position position, long more) {
        note(new JournalRecord.Published(position, state.receiptsPublished + more));
        log.dropBefore(Math.min(position.segment(), log.newestSegment().segment()));
    }

    /** Hands over each receipt behind the position, with the position behind it, as long as more are wanted. */
    public void receipts(Position from, BiPredicate<SignedReceipt, Position> visitor) {
        log.read(
                from,
                (entry, after) -> JournalCodec.receiptIn(entry)
                        .map(receipt -> visitor.test(receipt, after))
                        .orElse(true));
    }

    /** Behind the last record. */
    public Position end() {
        return log.end();
    }

    /** Whether the disk has room for one more sale. */
    public boolean hasRoom() {
        return log.hasRoom();
    }

    /** Failures that the signed telemetry does not carry yet. */
    public List<Signed<Failure>> unreported() {
        return List.copyOf(state.unreported);
    }

    /** The failure is in the signed telemetry. */
    public void reported(Signed<Failure> failure) {
        note(new JournalRecord.Reported(failure.content().sequence()));
    }

    private void rollWhenFull() {
        if (log.end().offset() > segmentBytes) {
            log.roll(JournalCodec.encode(new JournalRecord.Snapshot(state)));
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
