package io.crema.edge.body.chip;

import org.jspecify.annotations.Nullable;

/** A transfer over the bus failed: nothing that it was to read is known. */
public final class BusFaultException extends Exception {
    public BusFaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
