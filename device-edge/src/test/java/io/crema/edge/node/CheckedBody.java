package io.crema.edge.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Office;
import io.crema.edge.journal.MemoryLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A body that looks into the journal before it pours: the receipt must be there, and the cup must not be poured yet. */
final class CheckedBody implements Hardware {
    final Map<Hash, JobState> jobs = new HashMap<>();
    private final MemoryLog journal;
    private final Office office;
    private boolean failNext;

    CheckedBody(MemoryLog journal, Office office) {
        this.journal = journal;
        this.office = office;
    }

    void failNext() {
        failNext = true;
    }

    @Override
    public PourResult pour(Hash job, ProductId product) {
        assertThat(jobs.get(job)).as("poured twice").isNull();
        assertThat(isDurable(job)).as("poured without a durable receipt").isTrue();
        jobs.put(job, failNext ? JobState.FAILED : JobState.POURED);
        if (failNext) {
            failNext = false;
            return new PourResult.NotPoured("The cup is missing.");
        }
        return new PourResult.Poured();
    }

    private boolean isDurable(Hash job) {
        var found = new boolean[1];
        journal.read(journal.oldest(), (entry, after) -> {
            found[0] |= JournalCodec.decode(entry) instanceof JournalRecord.Paid paid
                    && office.domains
                            .payment()
                            .digest(paid.receipt().receipt().content())
                            .equals(job);
            return !found[0];
        });
        return found[0];
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
