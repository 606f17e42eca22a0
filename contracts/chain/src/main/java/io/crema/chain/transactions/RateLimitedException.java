package io.crema.chain.transactions;

import java.time.Duration;
import java.util.Optional;

/** The node answers, but wants to be asked less often. */
public final class RateLimitedException extends ChainUnreachableException {
    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> retryAfter;

    /** @param retryAfter how long it wants to be left alone, where it says so */
    public RateLimitedException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
