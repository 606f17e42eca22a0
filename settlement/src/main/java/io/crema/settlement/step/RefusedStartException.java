package io.crema.settlement.step;

/** Settlement cannot go on from what the log says; waiting does not help, the message says what does. */
public final class RefusedStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedStartException(String message) {
        super(message);
    }
}
