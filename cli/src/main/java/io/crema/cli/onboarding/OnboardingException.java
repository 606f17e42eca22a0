package io.crema.cli.onboarding;

/** The chain did not take what onboarding asked of it. */
public final class OnboardingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OnboardingException(String message) {
        super(message);
    }

    public OnboardingException(String message, Throwable cause) {
        super(message, cause);
    }
}
