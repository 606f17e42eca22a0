package io.crema.edge.gateway;

import java.io.IOException;

/** The gateway did not do what it was asked for; the message says why. */
public final class GatewayException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    GatewayException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }
}
