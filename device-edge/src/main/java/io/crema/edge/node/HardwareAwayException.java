package io.crema.edge.node;

/** The machine's body does not answer now; what it did meanwhile it can be asked later. */
public final class HardwareAwayException extends RuntimeException {
    public HardwareAwayException(String message) {
        super(message);
    }

    public HardwareAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
