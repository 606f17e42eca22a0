package io.crema.contracts.tap;

/** The phone left the field before it answered. Safe to repeat the whole tap. */
public final class TapLostException extends Exception {
    public TapLostException(String message) {
        super(message);
    }

    public TapLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
