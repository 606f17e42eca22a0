package io.crema.edge.publish;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.value.ChannelId;
import io.crema.edge.journal.Position;
import io.crema.edge.node.Ledger;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine's receipts as runs of 1 to 128 consecutive ones: one alone as soon as it is durable, many together when there
 * is a backlog. 128 receipts with 128 badges have about 90 KiB, far below the limit of a run.
 */
public final class ReceiptOutbox implements Outbox {
    private final Ledger ledger;
    private final UnderWay underWay = new UnderWay();
    private Position sent;

    public ReceiptOutbox(Ledger ledger) {
        this.ledger = ledger;
        this.sent = ledger.published();
    }

    @Override
    public Optional<Parcel> next() {
        if (underWay.isFull() || (ledger.unpublished() == 0 && underWay.isEmpty())) {
            return Optional.empty();
        }
        var run = new ArrayList<SignedReceipt>();
        ledger.receipts(sent, (receipt, after) -> {
            if (run.size() == ReceiptRuns.MOST_RECEIPTS || (!run.isEmpty() && !follows(run.getLast(), receipt))) {
                return false;
            }
            run.add(receipt);
            sent = after;
            return true;
        });
        if (run.isEmpty()) {
            return Optional.empty();
        }
        var parcel = parcel(run);
        underWay.add(parcel);
        return Optional.of(parcel);
    }

    @Override
    public void acknowledged(Parcel parcel) {
        underWay.acknowledged(parcel, done -> ledger.published(done.end(), done.count()));
    }

    @Override
    public void rewind() {
        underWay.clear();
        sent = ledger.published();
    }

    private Parcel parcel(List<SignedReceipt> run) {
        var first = run.getFirst().receipt().content();
        var last = run.getLast();
        ChannelId channel = first.channel();
        return new Parcel(
                Topic.EDGE_RECEIPTS,
                channel.bytes(),
                ReceiptRuns.toRecord(channel, run),
                "%s-%d-%d"
                        .formatted(
                                channel,
                                first.sequence(),
                                last.receipt().content().sequence()),
                Instant.ofEpochSecond(last.sale().time()),
                sent,
                run.size());
    }

    private static boolean follows(SignedReceipt before, SignedReceipt after) {
        return after.receipt().content().sequence()
                == before.receipt().content().sequence() + 1;
    }
}
