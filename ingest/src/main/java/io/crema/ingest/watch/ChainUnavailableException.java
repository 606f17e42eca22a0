package io.crema.ingest.watch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The chain gave no answer that can be used; asking again later may help. */
public class ChainUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration notBefore;

    public ChainUnavailableException(String message) {
        this(message, null, Duration.ZERO);
    }

    public ChainUnavailableException(String message, @Nullable Throwable cause) {
        this(message, cause, Duration.ZERO);
    }

    /** @param notBefore for how long the node wants to be left alone */
    public ChainUnavailableException(String message, @Nullable Throwable cause, Duration notBefore) {
        super(message, cause);
        this.notBefore = notBefore;
    }

    /** For how long the node wants to be left alone; zero when it did not say. */
    public Duration notBefore() {
        return notBefore;
    }
}
