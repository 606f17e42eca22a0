package io.crema.chain.node;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Recognises nodes that want to be asked less often: by HTTP status, or by the codes that providers put into JSON. */
final class RateLimits {
    /** -32005 "limit exceeded" (EIP-1474), and HTTP's code inside the answer. */
    private static final Set<Integer> CODES = Set.of(-32005, 429);

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private RateLimits() {}

    /** The node said so in its HTTP status. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Optional<Duration> retryAfter;

        Exceeded(int status, Optional<Duration> retryAfter) {
            super("HTTP status %d%s"
                    .formatted(
                            status,
                            retryAfter.map(time -> ", retry after " + time).orElse("")));
            this.retryAfter = retryAfter;
        }

        Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    static boolean isLimit(int code) {
        return CODES.contains(code);
    }

    static Response intercept(Interceptor.Chain chain) throws IOException {
        var response = chain.proceed(chain.request());
        var status = response.code();
        var header = response.header("Retry-After");
        if (status == TOO_MANY || status == UNAVAILABLE && header != null) {
            var date = response.header("Date");
            response.close();
            throw new Exceeded(status, Optional.ofNullable(header).flatMap(text -> time(text, date)));
        }
        return response;
    }

    /** Seconds, or a date, which is measured by the node's own clock (RFC 9110, section 10.2.3). */
    static Optional<Duration> time(String text, @org.jspecify.annotations.Nullable String date) {
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty() && text.length() < 7) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            return date == null ? Optional.empty() : Optional.of(Duration.between(instant(date), instant(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String date) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }
}
