package io.crema.ingest.gateway.fold;

import io.crema.events.LogReversed;
import io.crema.events.Origin;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;

/** A fold of chain events of one subject whose newest can be taken back, as a reorg does. Not thread-safe. */
final class Undoable<S> {
    /** More blocks than ingest ever takes back. */
    private static final long KEPT = 128;

    private final BiFunction<S, SpecificRecord, S> fold;
    private final ArrayDeque<Happened> recent = new ArrayDeque<>();
    private S base;
    private long baseBlock = -1;

    private record Happened(Origin origin, SpecificRecord event) {}

    Undoable(S start, BiFunction<S, SpecificRecord, S> fold) {
        this.base = start;
        this.fold = fold;
    }

    void add(Origin origin, SpecificRecord event) {
        recent.addLast(new Happened(origin, event));
        while (recent.getFirst().origin().getBlockNumber() < origin.getBlockNumber() - KEPT) {
            var oldest = recent.removeFirst();
            base = fold.apply(base, oldest.event());
            baseBlock = oldest.origin().getBlockNumber();
        }
    }

    /** Takes the event back; one that is not here changes nothing. */
    void undo(LogReversed reversed) {
        for (Iterator<Happened> newest = recent.descendingIterator(); newest.hasNext(); ) {
            var happened = newest.next();
            if (happened.origin().equals(reversed.getOrigin())
                    && happened.event().getSchema().getFullName().equals(reversed.getType())) {
                newest.remove();
                return;
            }
        }
    }

    S now() {
        var state = base;
        for (var happened : recent) {
            state = fold.apply(state, happened.event());
        }
        return state;
    }

    /** The block of the newest event that counts; −1 without one. */
    long block() {
        return recent.isEmpty() ? baseBlock : recent.getLast().origin().getBlockNumber();
    }
}
