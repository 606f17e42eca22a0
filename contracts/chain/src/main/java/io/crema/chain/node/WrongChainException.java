package io.crema.chain.node;

/** Every node serves another chain than the one that is configured; waiting does not help. */
public final class WrongChainException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongChainException(String message) {
        super(message);
    }
}
