package io.crema.edge.publish;

/** The disk that a machine's journals lie on. */
public interface Disk {

    /** Bytes that are still free, for everyone on it. */
    long free();

    /** Bytes that this machine's journals take. */
    long used();
}
