package io.crema.projections.api;

import org.jspecify.annotations.Nullable;

/** An answer other than success, as RFC 9457 puts it, with the refused value and a remedy. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String remedy;
    private final @Nullable String value;

    private ApiException(int status, String title, String detail, String remedy, @Nullable String value) {
        super(detail);
        this.status = status;
        this.title = title;
        this.remedy = remedy;
        this.value = value;
    }

    static ApiException badValue(String parameter, String value, String expected) {
        return new ApiException(
                400,
                "A value in the request is wrong",
                "%s is '%s', expected %s".formatted(parameter, value, expected),
                "Give " + parameter + " as " + expected + ".",
                value);
    }

    static ApiException notFound(String thing, String id) {
        return new ApiException(
                404,
                "Not found",
                "the read models know no %s %s".formatted(thing, id),
                "Check the id; if it is new, ask again with after= and the position of the event that made it.",
                id);
    }

    static ApiException unavailable(String detail, String remedy) {
        return new ApiException(503, "Cannot answer now", detail, remedy, null);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String remedy() {
        return remedy;
    }

    @Nullable
    String value() {
        return value;
    }
}
