package io.crema.cli.trace;

import io.crema.contracts.value.Amount;
import java.time.Instant;

/** One row of a trace. */
public sealed interface TraceRow {

    /** The line in the file, counted from 1. */
    int line();

    /**
     * A sale paid by card: it becomes a cup, paid by the employee that the card stands for.
     *
     * @param time as written, read as UTC
     * @param card identifies the employee
     * @param price in the token's smallest unit
     * @param product with spaces trimmed, spelled as its first row spells it
     */
    record Card(int line, Instant time, String card, Amount price, String product) implements TraceRow {}

    /** A sale paid in cash: it pays no channel and is only counted. */
    record Cash(int line, Instant time) implements TraceRow {}

    /** A row that cannot be read. */
    record Refused(int line, String reason) implements TraceRow {}
}
