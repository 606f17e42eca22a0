package io.crema.simulation;

/** A line to a node or a broker that may be cut, or lose an answer. Not thread-safe. */
public final class Connection {
    private boolean cut;
    private boolean losing;

    public void cut(boolean down) {
        cut = down;
    }

    /** The next request arrives, its answer does not. */
    public void loseAnswer() {
        losing = true;
    }

    public void heal() {
        cut = false;
        losing = false;
    }

    public boolean isCut() {
        return cut;
    }

    /** Whether this request's answer is lost. */
    public boolean losesAnswer() {
        var loses = losing;
        losing = false;
        return loses;
    }
}
