package io.crema.ingest.watch;

/** Another watcher of the same deployment has opened the log: this one must not write any more. */
public final class SupersededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SupersededException(String message, Throwable cause) {
        super(message, cause);
    }
}
