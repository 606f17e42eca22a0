package io.crema.contracts.tap;

/** Bytes that are no message of the protocol: too short, too long, or a value out of its range. */
public final class MessageFormatException extends RuntimeException {
    public MessageFormatException(String message) {
        super(message);
    }

    public MessageFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
