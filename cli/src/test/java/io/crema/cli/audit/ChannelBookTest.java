package io.crema.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

final class ChannelBookTest {
    private final OneCustomer customer = OneCustomer.named("A", LogOfTests.PAYMENT);
    private final Findings findings = new Findings();
    private final Map<ChannelId, BalanceRow> rows = new HashMap<>();
    private final LogOfTests log = new LogOfTests();

    @Test
    void shouldFoldUpToTheBlockAndBeyond() {
        row(1_000, 700);
        var book = read(
                LogOfTests.folded(),
                15,
                LogOfTests.opened(customer, 10, 1_000),
                LogOfTests.redeemed(customer, 11, 500, 500),
                LogOfTests.redeemed(customer, 20, 700, 700));

        var fold = book.fold(customer.channel()).orElseThrow();
        assertThat(fold.slot()).isEqualTo(slot(1_000, 700));
        assertThat(fold.atBlock()).isEqualTo(slot(1_000, 500));
        assertThat(findings.differences()).isEmpty();
        assertThat(findings.pending()).containsEntry("chain events after the block", 1L);
    }

    @Test
    void shouldLeaveOutWhatTheChainTookBack() {
        row(1_000, 300);
        var book = read(
                LogOfTests.folded(),
                30,
                LogOfTests.opened(customer, 10, 1_000),
                LogOfTests.redeemed(customer, 11, 500, 500),
                LogOfTests.reversed(customer, 11),
                LogOfTests.redeemed(customer, 12, 300, 300));

        assertThat(book.fold(customer.channel()).orElseThrow().atBlock()).isEqualTo(slot(1_000, 300));
        assertThat(findings.differences()).isEmpty();
    }

    @Test
    void shouldTakeAnOlderBalanceOnlyForWhatStreamsHasNotFolded() {
        var events = new SpecificRecord[] {
            LogOfTests.opened(customer, 10, 1_000),
            LogOfTests.redeemed(customer, 11, 500, 500),
            LogOfTests.redeemed(customer, 12, 700, 700)
        };
        row(1_000, 500);
        read(LogOfTests.ends(2), 30, events);
        assertThat(findings.differences()).isEmpty();
        assertThat(findings.pending()).containsEntry("balances that have chain events before them", 1L);

        var later = new ChannelBookTest();
        later.row(1_000, 500);
        later.read(LogOfTests.folded(), 30, events);
        assertThat(later.findings.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.invariant()).isEqualTo(7);
            assertThat(difference.log()).contains("redeemed 500");
            assertThat(difference.expected()).contains("700 of 1000");
        });
    }

    @Test
    void shouldNameWhatTheContractCannotHaveDone() {
        row(1_000, 400);
        read(
                LogOfTests.folded(),
                30,
                LogOfTests.opened(customer, 10, 1_000),
                LogOfTests.redeemed(customer, 11, 500, 600),
                LogOfTests.redeemed(customer, 12, 700, 400));

        assertThat(findings.differences())
                .extracting(Difference::log)
                .containsExactly("redeemed 600 by a receipt of 500", "redeemed goes from 600 to 400");
        assertThat(findings.differences().getFirst().record())
                .isEqualTo("chain.channels.events.v1, partition 0, offset 1");
    }

    private void row(long deposited, long redeemed) {
        rows.put(
                customer.channel(),
                new BalanceRow(
                        Amount.of(deposited),
                        Amount.of(redeemed),
                        Amount.of(700),
                        7,
                        Optional.empty(),
                        0,
                        "OPEN",
                        0,
                        false,
                        "a row"));
    }

    private ChannelBook read(LogEnds ends, long block, SpecificRecord... events) {
        var book = new ChannelBook(block, rows, ends, findings);
        List<LogRecord> records = new ArrayList<>();
        for (var event : events) {
            records.add(log.record(Topic.CHAIN_CHANNELS, customer.key(), event));
        }
        records.forEach(book::noteReversal);
        records.forEach(book::add);
        book.compareRows(Set.of());
        return book;
    }

    private static Slot slot(long deposited, long redeemed) {
        return new Slot(Amount.of(deposited), Amount.of(redeemed), 0, 60);
    }
}
