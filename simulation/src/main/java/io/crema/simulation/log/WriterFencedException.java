package io.crema.simulation.log;

/** Another writer with the same transactional id, or another member of the group, has taken over. */
public final class WriterFencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WriterFencedException(String message) {
        super(message);
    }
}
