package io.crema.cli.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.crema.cli.audit.Invariant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to. Amounts are decimal strings in the token's smallest unit.
 *
 * @param cups poured
 * @param firstCupSeconds from the command to the first cup
 * @param peakMemoryMiB over all processes, as the operating system counts it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record DemoReport(
        long cups,
        Receipts receipts,
        Amounts amounts,
        TraceCounts trace,
        Transactions transactions,
        LatencyMs latencyMs,
        double firstCupSeconds,
        double wallSeconds,
        long peakMemoryMiB,
        List<Killed> kills,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Offline offline,
        String console,
        List<Invariant> invariants) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    record Receipts(long accepted, long waiting, long quarantined) {}

    /** @param credited what the contract says that the manufacturer may withdraw */
    record Amounts(String accepted, String redeemed, String outstanding, String credited) {}

    /** All zero without a trace. */
    record TraceCounts(int rows, int card, int cash, List<RefusedRow> refused) {}

    record RefusedRow(int line, String reason) {}

    record Transactions(long count, long gas) {}

    /**
     * @param tap from the button to the poured cup
     * @param readModel from the poured cup to its row in the read models
     */
    record LatencyMs(Percentiles tap, Percentiles readModel) {}

    record Percentiles(double p50, double p99) {}

    record Killed(String service, long pid, long atCup) {}

    /**
     * @param untilCup when the machines found the network
     * @param kept receipts that their journals held then
     */
    record Offline(long untilCup, long kept) {}

    /** Every invariant holds, and every row of the trace is a receipt, a cash sale, or refused by name. */
    @JsonIgnore
    boolean holds() {
        return invariants.stream().allMatch(Invariant::holds)
                && trace.rows() == trace.card() + trace.cash() + trace.refused().size();
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report cannot be written", e);
        }
    }
}
