package io.crema.chain.deploy;

/** The chain did not take a deployment; the message says which and why. */
public final class DeploymentException extends RuntimeException {
    DeploymentException(String message) {
        super(message);
    }

    DeploymentException(String message, Throwable cause) {
        super(message, cause);
    }
}
