package io.crema.settlement.step;

import io.crema.events.Outcome;
import io.crema.events.TransactionStep;
import io.crema.settlement.intent.IntentRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log with one partition of intents, gaps between offsets, and fenced writers. */
final class SimulatedLog {
    private static final int GAP = 3;

    final List<TransactionStep> steps = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<Entry.Refusal> refusals = new ArrayList<>();
    final List<IntentRecord> intents = new ArrayList<>();
    private final Map<Integer, String[]> committed = new HashMap<>();
    private final Faults faults;
    private int epoch;
    int commits;

    SimulatedLog(Faults faults) {
        this.faults = faults;
    }

    void publish(byte[] key, byte[] value, Instant time) {
        intents.add(new IntentRecord(0, (long) intents.size() * GAP, key, value, time));
    }

    /** Fences every older writer. */
    AccountLog open() {
        var mine = ++epoch;
        return entry -> {
            faults.point();
            if (mine != epoch) {
                throw new FencedException("simulated", new IllegalStateException());
            }
            commits++;
            steps.addAll(entry.steps());
            outcomes.addAll(entry.outcomes());
            refusals.addAll(entry.refusals());
            entry.positions()
                    .forEach((partition, position) -> committed.put(
                            partition, new String[] {Long.toString(position.offset()), position.metadata()}));
            faults.point();
        };
    }

    Recovered recover() {
        var recovered = new Recovered();
        steps.forEach(recovered::fold);
        committed.forEach((partition, stored) ->
                recovered.position(partition, Position.of(Long.parseLong(stored[0]), stored[1])));
        return recovered;
    }

    /** As a consumer that starts at the committed offset. */
    List<IntentRecord> from(long offset) {
        return intents.stream().filter(record -> record.offset() >= offset).toList();
    }
}
