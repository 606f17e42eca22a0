package io.crema.settlement.step;

/** Another instance serves the account now; this one must stop. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
