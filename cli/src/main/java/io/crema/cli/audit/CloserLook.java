package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.channel;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ReceiptAccepted;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds each published receipt of a few channels against the accepted one of its sequence: for channels whose machines
 * repeated themselves, left gaps, or signed twice. Not thread-safe.
 */
final class CloserLook {
    private final Domain domain;
    private final RefusedFold refused;
    private final LogEnds ends;
    private final Findings findings;
    private final Map<ChannelId, Line> lines = new HashMap<>();

    private static final class Line {
        private final Hash[] digests;
        private final BitSet published;

        private Line(int count) {
            digests = new Hash[count + 1];
            published = new BitSet(count + 1);
        }
    }

    /** @param channels with the newest accepted receipt of each */
    CloserLook(
            Map<ChannelId, ChannelHead> channels, Domain domain, RefusedFold refused, LogEnds ends, Findings findings) {
        this.domain = domain;
        this.refused = refused;
        this.ends = ends;
        this.findings = findings;
        channels.forEach((id, head) -> lines.put(id, new Line(Math.toIntExact(head.sequence()))));
    }

    void addAccepted(LogRecord record) {
        if (record.value().orElse(null) instanceof ReceiptAccepted accepted) {
            var line = lines.get(channel(accepted.getChannel()));
            if (line != null && accepted.getSequence() < line.digests.length) {
                line.digests[(int) accepted.getSequence()] = hash(accepted.getDigest());
            }
        }
    }

    void addPublished(LogRecord record) {
        var run = PublishedRun.of(record, ends.end(record.topic()).length);
        var line = run.isEmpty() ? null : lines.get(run.get().channel());
        if (line == null) {
            return;
        }
        for (var signed : run.orElseThrow().receipts()) {
            var receipt = signed.receipt().content();
            if (receipt.sequence() < 1 || receipt.sequence() >= line.digests.length) {
                continue;
            }
            var digest = domain.digest(receipt);
            if (digest.equals(line.digests[(int) receipt.sequence()])) {
                line.published.set((int) receipt.sequence());
            } else if (!ends.isFolded(record)) {
                findings.pending("published receipts that streams has not read", 1);
            } else if (!refused.hasReceipt(digest)) {
                findings.differs(
                        6,
                        receipt.channel(),
                        "a machine published receipt %d with digest %s".formatted(receipt.sequence(), digest),
                        "another receipt was accepted in its place, and quarantine does not have this one",
                        record);
            }
        }
    }

    /** After the last record. */
    void check() {
        lines.forEach((id, line) -> {
            var missing = line.published.nextClearBit(1);
            if (missing < line.digests.length) {
                findings.differs(
                        3,
                        "channel " + id,
                        "receipt %d was accepted".formatted(missing),
                        "no machine published it",
                        "");
            }
        });
    }
}
