package io.crema.ingest.watch;

/** The node refuses a range of blocks for its size, or for that of its answer. A smaller one may be answered. */
public final class RangeTooLargeException extends ChainUnavailableException {
    private static final long serialVersionUID = 1L;

    private final long suggested;

    /** @param suggested how many blocks the node would answer; 0 when it did not say */
    public RangeTooLargeException(String message, long suggested) {
        super(message);
        this.suggested = suggested;
    }

    /** How many blocks the node would answer; 0 when it did not say. */
    public long suggested() {
        return suggested;
    }
}
