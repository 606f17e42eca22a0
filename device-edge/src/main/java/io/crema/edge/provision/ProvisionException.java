package io.crema.edge.provision;

/** Something that makes the machine itself is missing or wrong; the message names it and the remedy, never a secret. */
public final class ProvisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProvisionException(String message) {
        super(message);
    }

    public ProvisionException(String message, Throwable cause) {
        super(message, cause);
    }
}
