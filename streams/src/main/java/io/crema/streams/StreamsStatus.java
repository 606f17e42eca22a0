package io.crema.streams;

/** How the service is. @param sentence about it, for people */
public record StreamsStatus(State state, String sentence) {

    /** In order of a service's life. */
    public enum State {
        /** The broker is away, or its topics do not exist yet. */
        WAITING,
        /** Joining, or restoring its stores. */
        STARTING,
        RUNNING,
        /** Cannot go on by itself: restart it. */
        FAILED,
        STOPPED
    }
}
