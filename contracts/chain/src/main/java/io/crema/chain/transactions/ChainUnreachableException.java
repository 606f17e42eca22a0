package io.crema.chain.transactions;

/** The node gave no usable answer to a question; nothing was changed, ask again later. */
public sealed class ChainUnreachableException extends RuntimeException permits RateLimitedException {
    private static final long serialVersionUID = 1;

    public ChainUnreachableException(String message) {
        super(message);
    }

    public ChainUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
