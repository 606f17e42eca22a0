package io.crema.cli.admin;

import org.jspecify.annotations.Nullable;

/** The setup cannot go on; the message says why and what to do. */
final class SetupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SetupException(String message) {
        super(message);
    }

    SetupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
