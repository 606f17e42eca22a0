package io.crema.edge.tag;

/** The sticker left the field, or refused. Safe to repeat what was begun. */
public final class TagLostException extends Exception {
    public TagLostException(String message) {
        super(message);
    }

    public TagLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
