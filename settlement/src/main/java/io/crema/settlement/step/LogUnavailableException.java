package io.crema.settlement.step;

/** The log did not answer, or it is not certain what it took: open it anew and read what it holds. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
