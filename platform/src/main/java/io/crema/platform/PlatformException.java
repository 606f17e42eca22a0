package io.crema.platform;

import org.jspecify.annotations.Nullable;

/** A part of the platform that could not be found, started or stopped; the message says what to do. */
public final class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlatformException(String message) {
        super(message);
    }

    public PlatformException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
