package io.crema.edge.world;

/** A machine did not answer in time. Repeating the press with the same attempt is safe. */
public final class MachineAwayException extends RuntimeException {
    public MachineAwayException(String message) {
        super(message);
    }

    public MachineAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
