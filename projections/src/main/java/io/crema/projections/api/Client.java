package io.crema.projections.api;

import io.crema.projections.read.Feed.Event;
import io.crema.projections.store.Position;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One reader of the stream: a bounded queue that the hub fills and the reader's thread empties. A reader that lets it
 * run full is too slow and is dropped. Thread-safe.
 */
final class Client {
    private static final int QUEUE = 256;

    private final Set<String> wanted;
    private final BlockingQueue<Parcel> queue = new ArrayBlockingQueue<>(QUEUE);
    private volatile boolean tooSlow;
    private volatile boolean closed;

    /**
     * Events that belong together.
     *
     * @param before the position that a client has before it has all of them
     * @param after the one it has with the last of them
     */
    record Parcel(List<Event> events, Position before, Position after) {}

    /** @param wanted names of events; empty = all */
    Client(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** Names of events; empty = all. */
    Set<String> wanted() {
        return wanted;
    }

    boolean wants(Event event) {
        return wanted.isEmpty() || wanted.contains(event.name());
    }

    void offer(Parcel parcel) {
        if (!queue.offer(parcel)) {
            tooSlow = true;
        }
    }

    boolean tooSlow() {
        return tooSlow;
    }

    boolean closed() {
        return closed;
    }

    /** Ends the reader, which may be waiting. */
    void close() {
        closed = true;
        queue.clear();
        offer(new Parcel(List.of(), Position.START, Position.START));
    }

    BlockingQueue<Parcel> queue() {
        return queue;
    }
}
