package io.crema.edge.body.control;

/**
 * A contact whose state counts once it has been the same for a while. Pure; times are nanoseconds of a clock that never
 * jumps. Not thread-safe.
 */
public final class SettledContact {
    private final long hold;
    private boolean settled;
    private boolean other;
    private long since;

    /**
     * @param hold nanoseconds that a new state must last
     * @param closed how the contact is now
     */
    public SettledContact(long hold, boolean closed) {
        this.hold = hold;
        this.settled = closed;
    }

    /** Takes a sample and returns the settled state. */
    public boolean sample(boolean closed, long time) {
        if (closed == settled) {
            other = false;
        } else if (!other) {
            other = true;
            since = time;
        } else if (time - since >= hold) {
            settled = closed;
            other = false;
        }
        return settled;
    }

    /** Closed, as last settled. */
    public boolean closed() {
        return settled;
    }
}
