package io.crema.projections.fold;

import io.crema.projections.store.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * How the fold is doing.
 *
 * @param position where the tables stand
 * @param ends where the log ends, as last seen
 * @param trouble what keeps it from going on; empty while it goes
 * @param troubleSince since when
 */
public record FoldState(
        boolean aligned, Position position, Position ends, Optional<String> trouble, Optional<Instant> troubleSince) {

    static final FoldState NOT_YET =
            new FoldState(false, Position.START, Position.START, Optional.empty(), Optional.empty());

    /** How many offsets of the log are not folded yet. */
    public long lag() {
        return ends.offsets().entrySet().stream()
                .mapToLong(end ->
                        Math.max(0, end.getValue() - position.offsets().getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
