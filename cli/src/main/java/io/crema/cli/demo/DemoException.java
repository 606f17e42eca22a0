package io.crema.cli.demo;

/** The demo cannot go on. The message tells the user what is wrong and what to do. */
final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
