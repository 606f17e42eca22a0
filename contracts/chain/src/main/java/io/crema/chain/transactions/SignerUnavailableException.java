package io.crema.chain.transactions;

/** A key cannot be used now; nothing was signed or sent, ask again later. */
public final class SignerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SignerUnavailableException(String message) {
        super(message);
    }

    public SignerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
