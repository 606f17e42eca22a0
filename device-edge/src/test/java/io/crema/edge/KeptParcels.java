package io.crema.edge;

import io.crema.edge.publish.LogPort;
import io.crema.edge.publish.Parcel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that takes everything at once and keeps it for the test to look at. Thread-safe. */
public final class KeptParcels implements LogPort {
    private final List<Parcel> parcels = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<?> send(Parcel parcel, String source) {
        parcels.add(parcel);
        return CompletableFuture.completedFuture(parcel);
    }

    /** What was sent so far, in its order. */
    public List<Parcel> parcels() {
        return parcels;
    }
}
