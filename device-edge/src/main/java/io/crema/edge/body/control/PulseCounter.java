package io.crema.edge.body.control;

/**
 * Counts the closings of a contact that bounces. A change counts at its first edge; what follows within the window is
 * the same change still swinging. So bounces shorter than the window never count twice, and no pulse is lost as long as
 * the contact stays open and closed for at least the window each: the fastest rate is 1 / (2 × window).
 *
 * <p>Pure; times are nanoseconds of a clock that never jumps. Not thread-safe.
 */
public final class PulseCounter {
    private final long window;
    private boolean closed;
    private boolean changed;
    private long at;
    private long count;

    /**
     * @param window nanoseconds
     * @param closed how the contact is now
     */
    public PulseCounter(long window, boolean closed) {
        if (window < 0) {
            throw new IllegalArgumentException("a window is at least 0 ns, got " + window);
        }
        this.window = window;
        this.closed = closed;
    }

    /** The contact was seen to close or open; returns whether that is a new pulse. */
    public boolean edge(boolean nowClosed, long time) {
        if (nowClosed == closed || (changed && time - at < window)) {
            return false;
        }
        closed = nowClosed;
        changed = true;
        at = time;
        if (nowClosed) {
            count++;
        }
        return nowClosed;
    }

    /** Pulses so far. */
    public long count() {
        return count;
    }
}
