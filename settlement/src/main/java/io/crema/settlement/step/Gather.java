package io.crema.settlement.step;

import io.crema.contracts.value.Amount;
import io.crema.settlement.intent.Intent;
import io.crema.settlement.intent.IntentPart;
import io.crema.settlement.intent.Pending;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which waiting intents go now. Pure. */
final class Gather {
    private final SettlementPolicy policy;

    Gather(SettlementPolicy policy) {
        this.policy = policy;
    }

    /**
     * The urgent first, then in order of arrival; none while the rest may still come.
     *
     * @param inFlight what open transactions do already
     */
    List<Pending> ready(Collection<Pending> waiting, Collection<IntentPart> inFlight, Instant now) {
        var open = waiting.stream()
                .filter(pending -> pending.isDue(now))
                .filter(pending -> inFlight.stream().noneMatch(part -> covers(part, pending.intent())))
                .sorted(Comparator.comparing(pending -> !isUrgent(pending.intent(), now)))
                .toList();
        var goes = open.size() >= policy.mostRows()
                || open.stream().anyMatch(pending -> isUrgent(pending.intent(), now))
                || open.stream()
                        .anyMatch(pending -> !now.isBefore(pending.since().plus(policy.gatherFor())));
        return goes ? open : List.of();
    }

    boolean isUrgent(Intent intent, Instant now) {
        return intent.urgent()
                || intent.deadline()
                        .filter(end -> !now.isBefore(end.minus(policy.deadlineMargin())))
                        .isPresent();
    }

    /** Whether the open transaction, should it succeed, leaves the intent nothing to do. */
    static boolean covers(IntentPart part, Intent intent) {
        return part.subject().equals(intent.subject())
                && part.total().orElse(Amount.ZERO).compareTo(intent.total().orElse(Amount.ZERO)) >= 0;
    }
}
