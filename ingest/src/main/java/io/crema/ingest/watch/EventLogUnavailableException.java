package io.crema.ingest.watch;

/** The log did not answer: what was to be appended may or may not be there. Opening it again tells. */
public final class EventLogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EventLogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
