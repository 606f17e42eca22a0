package io.crema.chain.keys;

/** A key or its password cannot be had; the message names the file or variable and the remedy, never a secret. */
public final class KeyStoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KeyStoreException(String message) {
        super(message);
    }

    public KeyStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
