package io.crema.settlement.step;

import io.crema.events.Outcome;
import io.crema.events.TransactionStep;
import io.crema.settlement.intent.Pending;
import java.util.ArrayList;
import java.util.List;

/** What the next entry will hold, as far as it is known. Not thread-safe. */
final class Draft {
    final List<TransactionStep> steps = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<Entry.Refusal> refusals = new ArrayList<>();
    private final List<Spot> settled = new ArrayList<>();

    private record Spot(int partition, long offset) {}

    /** The intent there needs nobody's attention any more once this draft is durable. */
    void settle(int partition, long offset) {
        settled.add(new Spot(partition, offset));
    }

    void settle(Pending pending) {
        settle(pending.partition(), pending.offset());
    }

    boolean isEmpty() {
        return steps.isEmpty() && outcomes.isEmpty() && refusals.isEmpty() && settled.isEmpty();
    }

    Entry entry(Positions positions) {
        settled.forEach(spot -> positions.close(spot.partition(), spot.offset()));
        return new Entry(steps, outcomes, refusals, positions.changed());
    }

    void clear() {
        steps.clear();
        outcomes.clear();
        refusals.clear();
        settled.clear();
    }
}
