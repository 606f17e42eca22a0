package io.crema.ingest.gateway.http;

import java.util.OptionalInt;

/** What a caller did wrong, or what is wrong here; goes out as problem JSON (RFC 9457). */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;
    private final int retrySeconds;

    private Problem(int status, String title, String detail, int retrySeconds) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.retrySeconds = retrySeconds;
    }

    public static Problem wrong(String detail) {
        return new Problem(400, "The request is wrong", detail, 0);
    }

    public static Problem stranger(String detail) {
        return new Problem(403, "Not for this caller", detail, 0);
    }

    public static Problem unknown(String detail) {
        return new Problem(404, "Not known here", detail, 0);
    }

    public static Problem conflict(String detail) {
        return new Problem(409, "Contradicts what is known", detail, 0);
    }

    public static Problem tooSlow(String detail) {
        return new Problem(408, "Too slow", detail, 0);
    }

    public static Problem tooLarge(String detail) {
        return new Problem(413, "Too large", detail, 0);
    }

    public static Problem otherMediaType(String detail) {
        return new Problem(415, "Another media type is expected", detail, 0);
    }

    public static Problem unsigned(String detail) {
        return new Problem(422, "Not signed by whom it should be", detail, 0);
    }

    public static Problem tooMuch(String detail, int retrySeconds) {
        return new Problem(429, "Too much at once", detail, retrySeconds);
    }

    public static Problem away(String detail) {
        return new Problem(503, "Cannot do that now", detail, 1);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public OptionalInt retrySeconds() {
        return retrySeconds == 0 ? OptionalInt.empty() : OptionalInt.of(retrySeconds);
    }

    /** What is wrong, in a sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
