package io.crema.projections.fold;

/** A record that cannot become a row; the message says why. */
final class UnfoldableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfoldableException(String message) {
        super(message);
    }
}
