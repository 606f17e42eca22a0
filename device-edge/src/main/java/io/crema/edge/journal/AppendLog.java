package io.crema.edge.journal;

/** A log of byte entries. Not thread-safe. Failures of the disk are {@link java.io.UncheckedIOException}. */
public interface AppendLog extends AutoCloseable {

    /** Adds one entry; it is on the disk when this returns, with all before it. */
    Position append(byte[] entry);

    /** Adds one entry that may be lost with the power: something that can be found out again. */
    Position note(byte[] entry);

    /** Starts a new segment with this entry, which holds all that older segments are needed for. Durable. */
    Position roll(byte[] snapshot);

    /** Hands over each entry after a position, with the position behind it, as long as the visitor wants more. */
    void read(Position from, Visitor visitor);

    /** Where the newest segment starts. */
    Position newestSegment();

    /** Behind the last entry. */
    Position end();

    /** Where the oldest entry that still exists starts. */
    Position oldest();

    /** Whether the disk has room for more than finishing what was begun. */
    default boolean hasRoom() {
        return true;
    }

    /** Deletes all segments before this one. */
    void dropBefore(long segment);

    @Override
    void close();

    /** Takes entries in order. */
    @FunctionalInterface
    interface Visitor {
        /** @return whether to go on */
        boolean entry(byte[] entry, Position after);
    }
}
