package io.crema.edge;

/**
 * How the edge process is.
 *
 * @param sentence for people
 * @param machines how many it hosts
 * @param unpublished receipts that are durable here and not yet acknowledged by the log
 */
public record EdgeStatus(State state, String sentence, int machines, long unpublished) {

    /** What it is doing. */
    public enum State {
        STARTING,
        RUNNING,
        STOPPED
    }
}
