package io.crema.settlement.intent;

/** A record is no intent; it goes to quarantine with this code and sentence. */
public final class RefusedIntentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    RefusedIntentException(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /** Such as WRONG_KEY. */
    public String code() {
        return code;
    }

    /** What was wrong, the value, what was expected. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
