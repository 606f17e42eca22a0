package io.crema.edge.tag;

/** What a sticker holds is not what was expected; the message says what it is. */
public final class TagFormatException extends Exception {
    public TagFormatException(String message) {
        super(message);
    }

    public TagFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
