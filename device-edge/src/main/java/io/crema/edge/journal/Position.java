package io.crema.edge.journal;

import java.util.Comparator;

/**
 * A place in a log, between two of its entries.
 *
 * @param segment counts from 1
 * @param offset bytes from the segment's start
 */
public record Position(long segment, long offset) implements Comparable<Position> {
    /** Before the first entry ever. */
    public static final Position START = new Position(0, 0);

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::segment).thenComparingLong(Position::offset);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
