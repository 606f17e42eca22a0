package io.crema.ingest.gateway.log;

/** Kafka does not answer, or not in time. */
public final class LogAwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    LogAwayException(String message) {
        super(message);
    }
}
