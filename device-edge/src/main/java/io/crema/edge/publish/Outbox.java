package io.crema.edge.publish;

import java.util.Optional;

/**
 * What waits to be published, in order. Parcels are sent in the order in which {@link #next} gives them; several may be
 * under way. Not thread-safe.
 */
public interface Outbox {

    /** The next parcel to send; empty when all is under way, or enough. */
    Optional<Parcel> next();

    /** The log has it. */
    void acknowledged(Parcel parcel);

    /** Something under way was lost: everything not acknowledged is handed out again. */
    void rewind();
}
