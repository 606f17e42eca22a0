package io.crema.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was published, against what was accepted. */
final class ReceiptFoldsTest {
    private final OneCustomer customer = OneCustomer.named("A", LogOfTests.PAYMENT);
    private final LogOfTests log = new LogOfTests();
    private final List<LogRecord> published = new ArrayList<>();
    private final List<LogRecord> accepted = new ArrayList<>();
    private final Findings findings = new Findings();
    private final Map<ChannelId, BalanceRow> rows = new HashMap<>();

    @Test
    void shouldAgreeWithRepeatsAndRunsOfAnyLength() {
        var first = customer.sell(3, 10);
        var second = customer.sell(2, 10);
        publish(first);
        publish(first);
        publish(second);
        publish(first);
        accept(first);
        accept(second);
        row(5, 0);

        judge(LogOfTests.folded());

        assertThat(findings.differences()).isEmpty();
        assertThat(findings.pending()).isEmpty();
    }

    @Test
    void shouldNameAReceiptThatNobodyPublished() {
        var first = customer.sell(3, 10);
        var missing = customer.sell(1, 10);
        publish(first);
        accept(first);
        accept(missing);
        row(4, 0);

        judge(LogOfTests.folded());

        assertThat(findings.differences())
                .anySatisfy(difference -> assertThat(difference.sentence())
                        .contains("receipt 4 was accepted", "no machine published it"));
    }

    @Test
    void shouldNameAnotherReceiptWithTheSameSequence() {
        var fork = customer.next(10, "another");
        var first = customer.sell(1, 10);
        publish(first);
        publish(ReceiptRuns.toRecord(customer.channel(), List.of(fork)));
        accept(first);
        row(1, 0);

        judge(LogOfTests.folded());

        assertThat(findings.differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.invariant()).isEqualTo(6));
    }

    @Test
    void shouldMissAPublishedReceiptOnlyWhereStreamsHasReadIt() {
        var first = customer.sell(1, 10);
        publish(first);
        publish(customer.sell(2, 10));
        accept(first);
        row(1, 0);

        judge(LogOfTests.ends(1));
        assertThat(findings.differences()).isEmpty();
        assertThat(findings.pending()).containsEntry("published receipts that streams has not read", 2L);

        var read = new Findings();
        judge(LogOfTests.folded(), read);
        assertThat(read.differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.sentence())
                        .contains("0 receipts are set aside", "2 receipts beyond number 1"));
    }

    @Test
    void shouldKnowWhatIsSetAside() {
        var first = customer.sell(1, 10);
        publish(first);
        publish(customer.sell(2, 10));
        accept(first);
        row(1, 2);

        judge(LogOfTests.folded());

        assertThat(findings.differences()).isEmpty();
    }

    @Test
    void shouldNotTakeAForgedReceiptForASignedOne() {
        var forged = customer.forged(10);
        publish(ReceiptRuns.toRecord(customer.channel(), List.of(forged)));
        accepted.add(log.record(Topic.RECEIPTS, customer.key(), customer.accepted(forged, customer.payee())));
        row(1, 0);
        rows.computeIfPresent(customer.channel(), (id, row) -> withHistory(row, forged));

        judge(LogOfTests.folded());

        assertThat(findings.differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.invariant()).isEqualTo(1));
    }

    @Test
    void shouldNameBytesThatQuarantineDoesNotHave() {
        published.add(log.garbage(Topic.EDGE_RECEIPTS, customer.key()));

        judge(LogOfTests.folded());

        assertThat(findings.differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.record()).contains("edge.receipts", "offset 0"));
    }

    private void publish(ReceiptRun run) {
        published.add(log.record(Topic.EDGE_RECEIPTS, customer.key(), run));
    }

    private void accept(ReceiptRun run) {
        for (var signed : ReceiptRuns.fromRecord(run)) {
            accepted.add(log.record(Topic.RECEIPTS, customer.key(), customer.accepted(signed, customer.payee())));
        }
    }

    private void row(long receipts, long waiting) {
        var newest = accepted.getLast().value().orElseThrow();
        rows.put(
                customer.channel(),
                new BalanceRow(
                        Amount.of(1_000),
                        Amount.ZERO,
                        Amount.of(10 * receipts),
                        receipts,
                        Optional.of(io.crema.schemas.convert.Convert.hash(
                                ((io.crema.events.ReceiptAccepted) newest).getHistory())),
                        waiting,
                        "OPEN",
                        0,
                        false,
                        "a row"));
    }

    private static BalanceRow withHistory(BalanceRow row, SignedReceipt signed) {
        return new BalanceRow(
                row.deposited(),
                row.redeemed(),
                row.accepted(),
                row.receipts(),
                Optional.of(signed.receipt().content().history()),
                row.waiting(),
                row.status(),
                0,
                false,
                row.place());
    }

    private void judge(LogEnds ends) {
        judge(ends, findings);
    }

    private void judge(LogEnds ends, Findings into) {
        var book = new ChannelBook(100, rows, ends, into);
        book.add(log.record(Topic.CHAIN_CHANNELS, customer.key(), LogOfTests.opened(customer, 10, 1_000)));
        var acceptedFold = new AcceptedFold(LogOfTests.PAYMENT, book, rows, ends, into);
        accepted.forEach(acceptedFold::add);
        acceptedFold.compareRows();
        var refused = new RefusedFold(LogOfTests.PAYMENT, into);
        var authority = new Authority(LogOfTests.PAYMENT, new KeyFold());
        var publishedFold = new PublishedFold(LogOfTests.PAYMENT, book, acceptedFold, refused, authority, ends, into);
        published.forEach(publishedFold::add);
        var look = new CloserLook(publishedFold.closerLooks(), LogOfTests.PAYMENT, refused, ends, into);
        accepted.forEach(look::addAccepted);
        published.forEach(look::addPublished);
        look.check();
        publishedFold.checkSignatures();
        publishedFold.checkWaiting(rows);
    }
}
