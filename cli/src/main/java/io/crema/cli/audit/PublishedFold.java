package io.crema.cli.audit;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What machines published, held against what was accepted. Of a channel it keeps how far its receipts follow one
 * another, and the digests of those beyond the newest accepted one, which streams may have set aside within bounds.
 * Channels that were not published in order (repeats, gaps, forks) are named for a closer look. Not thread-safe.
 */
final class PublishedFold {
    private final Domain domain;
    private final ChannelBook book;
    private final AcceptedFold accepted;
    private final RefusedFold refused;
    private final Authority authority;
    private final LogEnds ends;
    private final Findings findings;
    private final Map<ChannelId, Line> lines = new TreeMap<>();
    private long receipts;

    private static final class Line {
        private final ChannelHead goal;
        private ChannelHead tip;
        private boolean closerLook;
        private boolean vouched;
        private Amount signed = Amount.ZERO;
        private boolean moving;
        private Set<Hash> beyond = Set.of();

        private Line(ChannelHead goal) {
            this.goal = goal;
            this.tip = ChannelHead.start(goal.channel());
        }
    }

    PublishedFold(
            Domain domain,
            ChannelBook book,
            AcceptedFold accepted,
            RefusedFold refused,
            Authority authority,
            LogEnds ends,
            Findings findings) {
        this.domain = domain;
        this.book = book;
        this.accepted = accepted;
        this.refused = refused;
        this.authority = authority;
        this.ends = ends;
        this.findings = findings;
    }

    void add(LogRecord record) {
        var run = PublishedRun.of(record, ends.end(record.topic()).length);
        if (run.isEmpty()) {
            if (!ends.isFolded(record)) {
                findings.pending("published records that streams has not read", 1);
            } else if (!refused.hasRecord(record)) {
                findings.differs(
                        6,
                        "",
                        "a published record that cannot be read, or is under another key or partition",
                        "quarantine does not have it",
                        record.place());
            }
            return;
        }
        var line = lines.computeIfAbsent(run.get().channel(), id -> new Line(accepted.head(id)));
        add(line, run.get().receipts(), record);
    }

    private void add(Line line, List<SignedReceipt> run, LogRecord record) {
        var isFolded = ends.isFolded(record);
        if (!isFolded) {
            line.moving = true;
        }
        var customer = book.fold(line.goal.channel()).map(ChannelFold::customer);
        var unproven = false;
        SignedReceipt before = null;
        for (var signed : run) {
            receipts++;
            var receipt = signed.receipt().content();
            var sequence = receipt.sequence();
            if (sequence < 1 || sequence > line.goal.sequence()) {
                beyond(line, receipt, isFolded);
            } else {
                if (before != null && !follows(before, signed)) {
                    line.closerLook = true;
                }
                if (sequence < line.tip.sequence()) {
                    unproven = true;
                } else if (sequence == line.tip.sequence()) {
                    // The same history here: all before it in this run is what was published before.
                    line.closerLook |= !ChannelHead.at(receipt).equals(line.tip);
                    unproven = false;
                } else if (line.tip.isFollowedBy(receipt, signed.sale())) {
                    line.tip = ChannelHead.at(receipt);
                } else {
                    line.closerLook = true;
                }
                if (sequence == line.goal.sequence() && !line.vouched && customer.isPresent()) {
                    line.vouched = ChannelHead.at(receipt).equals(line.goal) && authority.binds(signed, customer.get());
                }
            }
            if (customer.isPresent() && isWanted(line, receipt) && authority.binds(signed, customer.get())) {
                line.signed = receipt.total();
            }
            before = signed;
        }
        line.closerLook |= unproven;
    }

    /** Only where the chain has more than the accepted receipts does it matter what else is signed. */
    private boolean isWanted(Line line, Receipt receipt) {
        return receipt.total().exceeds(line.signed)
                && receipt.total().exceeds(line.goal.total())
                && book.fold(line.goal.channel())
                        .filter(fold -> fold.slot().redeemed().exceeds(line.goal.total()))
                        .isPresent();
    }

    private static boolean follows(SignedReceipt before, SignedReceipt signed) {
        return ChannelHead.at(before.receipt().content())
                .isFollowedBy(signed.receipt().content(), signed.sale());
    }

    private void beyond(Line line, Receipt receipt, boolean isFolded) {
        if (!isFolded) {
            findings.pending("published receipts that streams has not read", 1);
            return;
        }
        if (line.beyond.isEmpty()) {
            line.beyond = new HashSet<>();
        }
        line.beyond.add(domain.digest(receipt));
    }

    long receipts() {
        return receipts;
    }

    /** Channels of which it is not sure that what was published is what was accepted. */
    Map<ChannelId, ChannelHead> closerLooks() {
        Map<ChannelId, ChannelHead> looks = new HashMap<>();
        for (var id : accepted.channels()) {
            var line = lines.get(id);
            if (accepted.isWhole(id) && (line == null || line.closerLook || !line.tip.equals(line.goal))) {
                looks.put(id, accepted.head(id));
            }
        }
        return looks;
    }

    /** The highest total that a key of the customer vouches for. */
    Amount signed(ChannelId channel) {
        var line = lines.get(channel);
        if (line == null) {
            return Amount.ZERO;
        }
        return line.vouched ? line.goal.total().max(line.signed) : line.signed;
    }

    /** The newest accepted receipt of each channel must be validly signed, and so vouch for all before it. */
    void checkSignatures() {
        for (var id : accepted.channels()) {
            var line = lines.get(id);
            if (accepted.isWhole(id) && line != null && !line.vouched) {
                findings.differs(
                        1,
                        "channel " + id,
                        "receipt %d over %s was accepted".formatted(line.goal.sequence(), line.goal.total()),
                        "no copy of it that a machine published is signed by a key that counts for the customer",
                        "");
            }
        }
    }

    /** Every receipt beyond the accepted ones must be refused or wait. @return how many wait */
    long checkWaiting(Map<ChannelId, BalanceRow> rows) {
        var all = 0L;
        for (var entry : lines.entrySet()) {
            var id = entry.getKey();
            var line = entry.getValue();
            var row = Optional.ofNullable(rows.get(id));
            var says = row.map(BalanceRow::waiting).orElse(0L);
            var open = line.beyond.stream().filter(d -> !refused.hasReceipt(d)).count();
            all += open;
            var isMoving = line.moving
                    || book.fold(id).filter(ChannelFold::isMoving).isPresent()
                    || row.filter(r -> r.receipts() < line.goal.sequence()).isPresent();
            if (isMoving || !accepted.isWhole(id)) {
                continue;
            }
            if (says < open || says > line.beyond.size()) {
                findings.differs(
                        6,
                        "channel " + id,
                        "%d receipts are set aside".formatted(says),
                        "%d receipts beyond number %d were published and read, %d of them are not refused"
                                .formatted(line.beyond.size(), line.goal.sequence(), open),
                        row.map(BalanceRow::place).orElse(""));
            }
        }
        return all;
    }
}
