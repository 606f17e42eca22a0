package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.channel;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ReceiptAccepted;
import io.crema.schemas.convert.ReceiptRuns;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The accepted receipts of all channels: each must follow from the one before it, by sequence, total and hash. Keeps the
 * newest of each channel only, because its history names all the others. Not thread-safe.
 */
final class AcceptedFold {
    private final Domain domain;
    private final ChannelBook book;
    private final Map<ChannelId, BalanceRow> rows;
    private final LogEnds ends;
    private final Findings findings;
    private final Map<ChannelId, Line> lines = new TreeMap<>();
    private long count;

    private static final class Line {
        private ChannelHead head;
        private long knownToBalance;
        private boolean broken;
        private boolean balanced;

        private Line(ChannelId id) {
            head = ChannelHead.start(id);
        }
    }

    AcceptedFold(Domain domain, ChannelBook book, Map<ChannelId, BalanceRow> rows, LogEnds ends, Findings findings) {
        this.domain = domain;
        this.book = book;
        this.rows = rows;
        this.ends = ends;
        this.findings = findings;
    }

    void add(LogRecord record) {
        if (!(record.value().orElse(null) instanceof ReceiptAccepted accepted)) {
            findings.differs(
                    3, "", "a record that is no accepted receipt", "streams writes nothing else there", record.place());
            return;
        }
        count++;
        var id = channel(accepted.getChannel());
        var line = lines.computeIfAbsent(id, Line::new);
        if (line.broken) {
            return;
        }
        var fault = fault(line.head, accepted).or(() -> partiesFault(id, accepted));
        if (fault.isPresent()) {
            line.broken = true;
            findings.differs(3, id, fault.get().log(), fault.get().expected(), record);
            return;
        }
        line.head =
                new ChannelHead(id, accepted.getSequence(), amount(accepted.getTotal()), hash(accepted.getHistory()));
        if (record.offset() < ends.acceptedBefore()[record.partition()]) {
            line.knownToBalance = accepted.getSequence();
        }
        var row = rows.get(id);
        if (row != null && row.receipts() == accepted.getSequence()) {
            line.balanced = true;
            if (!row.accepted().equals(line.head.total())
                    || row.history().filter(line.head.history()::equals).isEmpty()) {
                findings.differs(
                        7,
                        "channel " + id,
                        "%s accepted with receipt %d and history %s"
                                .formatted(
                                        row.accepted(),
                                        row.receipts(),
                                        row.history().map(Object::toString).orElse("none")),
                        "its accepted receipts amount to %s and history %s"
                                .formatted(line.head.total(), line.head.history()),
                        row.place());
            }
        }
    }

    private record Fault(String log, String expected) {}

    private Optional<Fault> fault(ChannelHead head, ReceiptAccepted accepted) {
        if (accepted.getSequence() != head.sequence() + 1) {
            return Optional.of(new Fault(
                    "receipt %d was accepted".formatted(accepted.getSequence()),
                    "after receipt %d comes %d".formatted(head.sequence(), head.sequence() + 1)));
        }
        var total = amount(accepted.getTotal());
        var saleHash = hash(accepted.getSaleHash());
        var body = accepted.getSale();
        if (body != null) {
            var sale = ReceiptRuns.fromRecord(body);
            if (!sale.structHash().equals(saleHash)) {
                return Optional.of(new Fault(
                        "receipt %d has sale %s".formatted(accepted.getSequence(), saleHash),
                        "the sale's body hashes to " + sale.structHash()));
            }
            var due = head.total()
                    .value()
                    .add(sale.price().value())
                    .subtract(sale.credit().value());
            if (!total.value().equals(due)) {
                return Optional.of(new Fault(
                        "receipt %d was accepted with total %s".formatted(accepted.getSequence(), total),
                        "%s before, price %s and credit %s make %s"
                                .formatted(head.total(), sale.price(), sale.credit(), due)));
            }
        } else if (head.total().exceeds(total)) {
            return Optional.of(new Fault(
                    "receipt %d was accepted with total %s".formatted(accepted.getSequence(), total),
                    "the total before was " + head.total()));
        }
        var history = Keccak.hash(head.history().bytes(), saleHash.bytes());
        if (!history.equals(hash(accepted.getHistory()))) {
            return Optional.of(new Fault(
                    "receipt %d has history %s".formatted(accepted.getSequence(), hash(accepted.getHistory())),
                    "the history before and its sale make " + history));
        }
        var digest = domain.digest(new Receipt(head.channel(), accepted.getSequence(), total, history));
        return digest.equals(hash(accepted.getDigest()))
                ? Optional.empty()
                : Optional.of(new Fault(
                        "receipt %d has digest %s".formatted(accepted.getSequence(), hash(accepted.getDigest())),
                        "its content makes " + digest));
    }

    private Optional<Fault> partiesFault(ChannelId id, ReceiptAccepted accepted) {
        var fold = book.fold(id);
        if (fold.isEmpty()) {
            return Optional.of(new Fault(
                    "receipt %d was accepted".formatted(accepted.getSequence()), "the chain has no such channel"));
        }
        var customer = io.crema.schemas.convert.Convert.address(accepted.getCustomer());
        return customer.equals(fold.get().customer())
                ? Optional.empty()
                : Optional.of(new Fault(
                        "receipt %d was accepted of customer %s".formatted(accepted.getSequence(), customer),
                        "the channel is of " + fold.get().customer()));
    }

    /** After the last record: no balance may be older than what it must know. */
    void compareRows() {
        lines.forEach((id, line) -> {
            var row = rows.get(id);
            if (line.broken || row == null) {
                return;
            }
            if (row.receipts() < line.knownToBalance) {
                findings.differs(
                        7,
                        "channel " + id,
                        "%s accepted with receipt %d".formatted(row.accepted(), row.receipts()),
                        "receipt %d was accepted before".formatted(line.knownToBalance),
                        row.place());
            } else if (row.receipts() < line.head.sequence()) {
                findings.pending("balances that have accepted receipts before them", 1);
            }
        });
        rows.forEach((id, row) -> {
            var line = lines.get(id);
            if ((line == null
                    ? row.receipts() > 0
                    : !line.balanced && !line.broken && row.receipts() > line.head.sequence())) {
                findings.differs(
                        7,
                        "channel " + id,
                        "%s accepted with receipt %d".formatted(row.accepted(), row.receipts()),
                        "its newest accepted receipt is " + (line == null ? 0 : line.head.sequence()),
                        row.place());
            }
        });
    }

    /** Where the channel's accepted receipts end. */
    ChannelHead head(ChannelId channel) {
        var line = lines.get(channel);
        return line == null ? ChannelHead.start(channel) : line.head;
    }

    /** Channels whose receipts follow one another without a fault. */
    boolean isWhole(ChannelId channel) {
        var line = lines.get(channel);
        return line == null || !line.broken;
    }

    java.util.Set<ChannelId> channels() {
        return Collections.unmodifiableSet(lines.keySet());
    }

    long count() {
        return count;
    }

    Amount total() {
        // Sums of many channels stay far below 96 bits in every token that exists; the exact type says so if not.
        return lines.values().stream().map(line -> line.head.total()).reduce(Amount.ZERO, Amount::plus);
    }
}
