package io.crema.ingest.watch;

/**
 * What the nodes say cannot all be true: two differ, or one contradicts itself. Nothing of it is published. Near the
 * newest block it may pass by itself; when it stays, a person has to look.
 */
public final class ContradictionException extends ChainUnavailableException {
    private static final long serialVersionUID = 1L;

    public ContradictionException(String message) {
        super(message);
    }
}
