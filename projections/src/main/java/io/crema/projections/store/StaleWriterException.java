package io.crema.projections.store;

/** Somebody else has written since this writer last looked: it must look again, and its transaction counts for nothing. */
public final class StaleWriterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleWriterException(String message) {
        super(message);
    }
}
