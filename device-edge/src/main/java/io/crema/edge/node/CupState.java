package io.crema.edge.node;

/** Where one cup stands. Each step is durable before the next one begins; docs/protocol.md draws them. */
public enum CupState {
    /** Shown to a phone, not paid. */
    OFFERED,
    /** Its receipt is signed and durable: the machine owes a cup. */
    SIGNED,
    /** The body was told to pour, or is about to be. */
    DISPENSING,
    /** Poured: the end. */
    SERVED,
    /** Paid and not poured, or nobody knows: a signed Failure tells so, and later sales credit it. The end. */
    FAILED;

    /** Whether a machine may go from here to there. */
    public boolean mayBecome(CupState next) {
        return switch (this) {
            case OFFERED -> next == SIGNED;
            // A body that remembers having poured is believed, also when the journal's last word was lost with the
            // power.
            case SIGNED -> next == DISPENSING || next == SERVED || next == FAILED;
            case DISPENSING -> next == SERVED || next == FAILED;
            case SERVED, FAILED -> false;
        };
    }
}
