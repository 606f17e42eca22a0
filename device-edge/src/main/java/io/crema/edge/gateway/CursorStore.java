package io.crema.edge.gateway;

/** Keeps a downlink's cursor through restarts. */
public interface CursorStore {

    /** The newest one that was kept; empty when there is none. */
    String read();

    /** Durable when this returns. */
    void keep(String cursor);
}
