package io.crema.cli.audit;

/** Log or chain could not be read, so that nothing can be said; the message says which and why. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreadableException(String message) {
        super(message);
    }

    public UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
