package io.crema.edge.body.coffee;

import org.jspecify.annotations.Nullable;

/** A pin or a bus of this computer cannot be used. */
public final class BoardFaultException extends Exception {
    public BoardFaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
