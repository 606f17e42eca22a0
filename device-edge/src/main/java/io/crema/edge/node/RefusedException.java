package io.crema.edge.node;

/** Ends a tap with a refusal. */
final class RefusedException extends Exception {
    private final TapOutcome.Refused outcome;

    RefusedException(Refusal refusal) {
        this(refusal.outcome());
    }

    RefusedException(TapOutcome.Refused outcome) {
        super(outcome.sentence());
        this.outcome = outcome;
    }

    TapOutcome.Refused outcome() {
        return outcome;
    }
}
