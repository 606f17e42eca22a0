package io.crema.edge.fuzz;

import java.util.List;

/** Something that reads bytes from outside. */
public interface FuzzTarget {

    /** Genuine inputs to begin with. */
    List<byte[]> seeds();

    /**
     * Reads the input.
     *
     * @return how many messages it held
     * @throws RuntimeException or an error: that is a finding
     */
    int read(byte[] input);
}
