package io.crema.streams.balances;

import io.crema.contracts.value.Amount;
import java.util.Set;
import java.util.function.Predicate;

/** Accepts candidates by ascending sequence until a sequence is missing, or one was not covered. */
final class Connected implements Predicate<Candidate> {
    private final Set<Long> arrived;
    private final Amount coverage;
    private long reach;
    private long limit = Long.MAX_VALUE;

    /** @param arrived sequences that are there though not on the shelf */
    Connected(long first, Set<Long> arrived, Amount coverage) {
        this.reach = first;
        this.arrived = arrived;
        this.coverage = coverage;
    }

    @Override
    public boolean test(Candidate candidate) {
        while (arrived.contains(reach)) {
            reach++;
        }
        var sequence = candidate.sequence();
        if (sequence > reach || sequence > limit) {
            return false;
        }
        reach = Math.max(reach, sequence + 1);
        if (candidate.receipt().total().exceeds(coverage)) {
            limit = sequence;
        }
        return true;
    }
}
