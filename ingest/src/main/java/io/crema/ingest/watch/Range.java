package io.crema.ingest.watch;

/**
 * How many blocks to ask for at once: as many as hold the wanted number of logs, as far as that can be told from the
 * last answer, and not more than the node answers. For one thread.
 */
final class Range {
    /** Nothing is known of the chain yet, and one answer must fit into memory. */
    private static final int FIRST = 64;
    /** After so many answers, more than was refused is tried again: limits change. */
    private static final int TRY_AGAIN = 32;

    private final int most;
    private final int logs;
    private int size;
    private int ceiling;
    private int answers;

    /**
     * @param most blocks
     * @param logs the wanted number
     */
    Range(int most, int logs) {
        this.most = most;
        this.logs = logs;
        this.size = Math.min(most, FIRST);
        this.ceiling = most;
    }

    /** How many blocks to ask for. */
    int blocks() {
        return size;
    }

    /** So many blocks held so many logs. */
    void answered(long blocks, int found) {
        if (++answers >= TRY_AGAIN && ceiling < most) {
            answers = 0;
            ceiling = (int) Math.min(most, 2L * ceiling);
        }
        var fitting = found == 0 ? Long.MAX_VALUE : blocks * logs / found;
        if (fitting >= size && blocks < size) {
            return; // a piece at the end tells nothing about a larger one
        }
        size = (int) Math.max(1, Math.min(Math.min(fitting, 2L * size), ceiling));
    }

    /**
     * So many blocks were too much.
     *
     * @param suggested by the node; 0 when it did not say
     */
    void refused(long blocks, long suggested) {
        answers = 0;
        var less = suggested > 0 && suggested < blocks ? suggested : blocks / 2;
        ceiling = (int) Math.clamp(less, 1, most);
        size = Math.min(size, ceiling);
    }
}
