package io.crema.cli.phone;

/** What was asked for cannot be done; the message says what, why and the remedy. */
final class PhoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PhoneException(String message) {
        super(message);
    }

    PhoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
