package io.crema.edge.pcsc;

/** The reader, or the service that drives it, is not there now; ask again later. */
final class ReaderAwayException extends Exception {
    ReaderAwayException(String message) {
        super(message);
    }

    ReaderAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
