package io.crema.cli.trace;

import io.crema.contracts.value.Amount;
import java.util.Comparator;
import java.util.List;

/**
 * All rows of a trace, each exactly once. Immutable.
 *
 * @param rows how many rows the file has below its header, blank lines aside
 * @param cards card sales by time, then by line
 */
public record Trace(int rows, List<TraceRow.Card> cards, List<TraceRow.Cash> cash, List<TraceRow.Refused> refused) {

    static Trace of(List<TraceRow> all) {
        return new Trace(
                all.size(),
                only(all, TraceRow.Card.class).stream()
                        .sorted(Comparator.comparing(TraceRow.Card::time))
                        .toList(),
                only(all, TraceRow.Cash.class),
                only(all, TraceRow.Refused.class));
    }

    /** What the card sales cost together. */
    public Amount total() {
        return cards.stream().map(TraceRow.Card::price).reduce(Amount.ZERO, Amount::plus);
    }

    private static <T extends TraceRow> List<T> only(List<TraceRow> rows, Class<T> type) {
        return rows.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
