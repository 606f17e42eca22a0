package io.crema.edge.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What time it is at least, and how long ago the chain was last seen, from what cannot be forged at the machine's place:
 * times of authenticated blocks, and the clock that only goes on. The wall clock counts for this only if it survives the
 * loss of power, only at the start, and only until the first block is heard: so a jump of the wall clock neither stretches
 * the offline horizon nor ends it. Not thread-safe.
 */
final class Timekeeper {
    /** A block is heard this much later than it was made, at most: it waits for confirmations, then travels. */
    static final Duration BLOCK_LAG = Duration.ofMinutes(30);

    private static final Duration EARLY = Duration.ofMinutes(1);

    private final NodeClock clock;
    private Optional<Instant> lastBlock;
    private Optional<Mark> mark = Optional.empty();
    private Optional<Mark> hint = Optional.empty();
    private boolean heard;

    /** It was this time, at least, when the going clock read that. */
    private record Mark(Instant time, Duration at) {}

    /** @param lastBlock the time of the last authenticated block that was heard before the start */
    Timekeeper(NodeClock clock, Optional<Instant> lastBlock) {
        this.clock = clock;
        this.lastBlock = lastBlock;
        var wall = clock.instant();
        if (clock.survivesPowerLoss()
                && lastBlock.filter(wall.plus(EARLY)::isBefore).isEmpty()) {
            mark = Optional.of(new Mark(wall, clock.sinceStart()));
        }
    }

    /** A newer block than any before was heard now. */
    void heard(Instant block) {
        var reached = heard ? estimate() : Optional.<Instant>empty();
        mark = Optional.of(new Mark(reached.filter(block::isBefore).orElse(block), clock.sinceStart()));
        lastBlock = Optional.of(block);
        heard = true;
    }

    /** How much time has gone by since the last block, at least; empty when nobody can tell. */
    Optional<Duration> sinceBlock() {
        return lastBlock
                .flatMap(block -> estimate().map(now -> Duration.between(block, now)))
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    /** It is this late at least, for all that can be proven. */
    Instant atLeast() {
        return estimate().or(() -> lastBlock).orElse(Instant.EPOCH);
    }

    /** The best guess at the time: the wall clock, unless the blocks contradict it, or a phone while nothing is proven. */
    Instant now() {
        if (isHinted()) {
            return after(hint.orElseThrow());
        }
        var wall = clock.instant();
        return wallIsWrong() ? atLeast() : wall;
    }

    /** Whether it is proven how late it is at least. */
    boolean isProven() {
        return mark.isPresent();
    }

    /** Whether a phone has said what time it is, and nothing better is known. */
    boolean isHinted() {
        return !isProven() && hint.isPresent();
    }

    /**
     * A phone says what time it is. That proves nothing, and is worth a try where nothing is proven: the phone will not sign
     * a time that is not its own.
     *
     * @return whether it is worth a try
     */
    boolean hint(Instant phone) {
        if (isProven() || lastBlock.filter(phone::isBefore).isPresent()) {
            return false;
        }
        hint = Optional.of(new Mark(phone, clock.sinceStart()));
        return true;
    }

    /** Whether the wall clock contradicts what is proven. */
    boolean wallIsWrong() {
        var wall = clock.instant();
        return wall.plus(EARLY).isBefore(atLeast())
                || (heard && wall.isAfter(atLeast().plus(BLOCK_LAG)));
    }

    private Optional<Instant> estimate() {
        return mark.map(this::after);
    }

    private Instant after(Mark it) {
        return it.time().plus(clock.sinceStart().minus(it.at()));
    }
}
