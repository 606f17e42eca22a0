package io.crema.edge.publish;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;

/** Parcels that were sent and not acknowledged, oldest first. */
final class UnderWay {
    private static final int MOST = 4;

    private final ArrayDeque<Parcel> parcels = new ArrayDeque<>();
    private final Set<Parcel> done = Collections.newSetFromMap(new IdentityHashMap<>());

    boolean isFull() {
        return parcels.size() >= MOST;
    }

    boolean isEmpty() {
        return parcels.isEmpty();
    }

    void add(Parcel parcel) {
        parcels.addLast(parcel);
    }

    /** Marks one; hands over those before which nothing is missing, in order. */
    void acknowledged(Parcel parcel, Consumer<Parcel> finished) {
        if (!parcels.contains(parcel)) {
            return;
        }
        done.add(parcel);
        while (!parcels.isEmpty() && done.remove(parcels.getFirst())) {
            finished.accept(parcels.removeFirst());
        }
    }

    void clear() {
        parcels.clear();
        done.clear();
    }
}
