package io.crema.settlement.step;

import io.crema.events.Outcome;
import io.crema.events.Quarantined;
import io.crema.events.TransactionStep;
import java.util.List;
import java.util.Map;

/**
 * What becomes durable together, or not at all. Immutable.
 *
 * @param positions of the partitions of intents that moved
 */
public record Entry(
        List<TransactionStep> steps, List<Outcome> outcomes, List<Refusal> refusals, Map<Integer, Position> positions) {

    /** A record that is no intent. */
    public record Refusal(byte[] key, Quarantined record) {}

    public Entry {
        steps = List.copyOf(steps);
        outcomes = List.copyOf(outcomes);
        refusals = List.copyOf(refusals);
        positions = Map.copyOf(positions);
    }
}
