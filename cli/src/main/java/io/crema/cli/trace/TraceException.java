package io.crema.cli.trace;

/** A trace that cannot be used at all. The message names the file, the line and the remedy. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TraceException(String message) {
        super(message);
    }

    public TraceException(String message, Throwable cause) {
        super(message, cause);
    }
}
