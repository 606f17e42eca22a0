package io.crema.chain.node;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one of several nodes is doing. Immutable.
 *
 * @param name where it is, without anything secret
 * @param head the newest block it told of
 * @param until when it is asked again, while it is left alone
 * @param fault what was wrong the last time; empty when nothing was
 */
public record NodeHealth(String name, State state, OptionalLong head, Optional<Instant> until, String fault) {

    public enum State {
        /** It is asked. */
        IN_USE,
        /** It would be asked next. */
        STANDBY,
        /** It is several blocks behind another node. */
        BEHIND,
        /** It did not answer. */
        UNREACHABLE,
        /** It wants to be asked less often. */
        RATE_LIMITED,
        /** It serves another chain, and is never asked. */
        WRONG_CHAIN
    }

    /** Whether it can serve. */
    public boolean isUsable() {
        return state == State.IN_USE || state == State.STANDBY;
    }
}
