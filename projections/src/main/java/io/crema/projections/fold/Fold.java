package io.crema.projections.fold;

import io.crema.schemas.topic.Topic;
import java.sql.SQLException;

/**
 * Turns the records of one topic into rows. A fold looks at nothing but the record and where it stands: no clock, no
 * generated id, no other topic. Records of one partition come in order.
 */
interface Fold {
    Topic topic();

    /**
     * Adds the record's writes.
     *
     * @throws UnfoldableException (or any other runtime exception), before anything was added, when the record cannot
     *     be a row
     */
    void fold(Sourced source, Batch batch) throws SQLException;

    /** Ends a batch: writes what the fold has gathered itself. */
    default void flush(Batch batch) throws SQLException {
        batch.flush();
    }

    /** Forgets what was gathered and not written. */
    default void reset() {}
}
