package io.crema.simulation.edge;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.node.Hardware;
import io.crema.simulation.CrashPoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A body that remembers each job over crashes, fails where it is told to, and tells of each cup before it pours. */
public final class CheckedBody implements Hardware {
    private final Consumer<Hash> beforePouring;
    private final CrashPoints crash;
    private final Map<Hash, JobState> jobs = new HashMap<>();
    private boolean failNext;

    public CheckedBody(CrashPoints crash, Consumer<Hash> beforePouring) {
        this.crash = crash;
        this.beforePouring = beforePouring;
    }

    public void failNext() {
        failNext = true;
    }

    /** Whether the cup came out. */
    public boolean hasPoured(Hash job) {
        return recall(job) == JobState.POURED;
    }

    /** How many cups were begun. */
    public int begun() {
        return jobs.size();
    }

    @Override
    public PourResult pour(Hash job, ProductId product) {
        crash.point();
        if (jobs.containsKey(job)) {
            throw new IllegalStateException("job " + job + " is poured a second time");
        }
        beforePouring.accept(job);
        jobs.put(job, failNext ? JobState.FAILED : JobState.POURED);
        var failed = failNext;
        failNext = false;
        crash.point();
        return failed ? new PourResult.NotPoured("The cup is missing.") : new PourResult.Poured();
    }

    @Override
    public JobState recall(Hash job) {
        return jobs.getOrDefault(job, JobState.NEVER_BEGUN);
    }

    @Override
    public List<SensorValue> sensors() {
        return List.of();
    }
}
