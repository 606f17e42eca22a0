package io.crema.cli.audit;

import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Hash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Invariant 2, for cups that somebody saw poured: each has a receipt of its own in the log. Not thread-safe. */
final class Poured {
    private final int cups;
    private final Map<Hash, Served> missing = new HashMap<>();
    private final List<Served> twice = new ArrayList<>();

    Poured(Collection<Served> served) {
        cups = served.size();
        for (var cup : served) {
            if (missing.put(cup.digest(), cup) != null) {
                twice.add(cup);
            }
        }
    }

    void published(LogRecord record, int partitions, Domain domain) {
        if (missing.isEmpty()) {
            return;
        }
        PublishedRun.of(record, partitions)
                .ifPresent(run -> run.receipts()
                        .forEach(signed ->
                                missing.remove(domain.digest(signed.receipt().content()))));
    }

    /** Empty where nobody saw a cup. */
    Optional<Invariant> judge() {
        if (cups == 0) {
            return Optional.empty();
        }
        if (!twice.isEmpty()) {
            var cup = twice.getFirst();
            return Optional.of(Invariant.broken(
                    2, "channel %s: receipt %d paid for two cups".formatted(cup.channel(), cup.sequence())));
        }
        if (!missing.isEmpty()) {
            var cup = missing.values().iterator().next();
            return Optional.of(Invariant.broken(
                    2,
                    "channel %s: cup %d was poured, but its receipt is not in the log"
                            .formatted(cup.channel(), cup.sequence())));
        }
        return Optional.of(
                Invariant.holds(2, "%d cups poured, each with a receipt of its own in the log".formatted(cups)));
    }
}
