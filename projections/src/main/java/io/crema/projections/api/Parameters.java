package io.crema.projections.api;

import io.crema.contracts.value.Hex;
import io.crema.projections.read.Page;
import io.crema.projections.store.Position;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request asks for, checked: a wrong value is named together with what was expected. */
final class Parameters {
    private static final int MOST = 500;
    private static final int USUAL = 50;

    private Parameters() {}

    static Page.Request page(Context context) {
        var limit = query(context, "limit", "a whole number from 1 to " + MOST, text -> {
            var number = Integer.parseInt(text);
            if (number < 1 || number > MOST) {
                throw new IllegalArgumentException();
            }
            return number;
        });
        return new Page.Request(limit.orElse(USUAL), Optional.ofNullable(context.queryParam("cursor")));
    }

    static Optional<Position> after(Context context) {
        return query(context, "after", "a position as the header Crema-Position gives it", Position::decode);
    }

    static byte[] id(Context context) {
        return bytes("id", context.pathParam("id"), 32);
    }

    static byte[] address(Context context) {
        return bytes("address", context.pathParam("address"), 20);
    }

    static Optional<byte[]> id(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).map(text -> bytes(name, text, 32));
    }

    static Optional<byte[]> address(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).map(text -> bytes(name, text, 20));
    }

    static Optional<String> oneOf(Context context, String name, List<String> allowed) {
        return query(context, name, "one of " + allowed, text -> {
            if (!allowed.contains(text)) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    static Optional<Boolean> flag(Context context, String name) {
        return oneOf(context, name, List.of("true", "false")).map(Boolean::valueOf);
    }

    static @Nullable Instant time(Context context, String name) {
        return query(context, name, "a time such as 2026-01-31T12:00:00Z", Instant::parse)
                .orElse(null);
    }

    static @Nullable LocalDate day(Context context, String name) {
        return query(context, name, "a day such as 2026-01-31", LocalDate::parse)
                .orElse(null);
    }

    private static byte[] bytes(String name, String text, int length) {
        try {
            return Hex.decode(name, text, length);
        } catch (IllegalArgumentException e) {
            throw ApiException.badValue(name, text, "0x and %d hexadecimal digits".formatted(2 * length));
        }
    }

    private static <T> Optional<T> query(Context context, String name, String expected, Function<String, T> parse) {
        var text = context.queryParam(name);
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ApiException.badValue(name, text, expected);
        }
    }
}
