package io.crema.projections.fold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;
import org.apache.avro.specific.SpecificFixed;
import org.jspecify.annotations.Nullable;

/** Values of records as PostgreSQL takes them. What it would refuse is refused here, record by record. */
final class Cells {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant EARLIEST = Instant.parse("-4000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+290000-01-01T00:00:00Z");

    private Cells() {}

    /** @throws UnfoldableException for a value that no column can hold */
    static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case SpecificFixed fixed -> fixed.bytes();
            case Instant time -> time(time);
            case CharSequence text -> text(text);
            case Enum<?> constant -> constant.name();
            case BigDecimal amount -> amount;
            case Long number -> number;
            case Integer number -> number;
            case Double number -> number;
            case Boolean flag -> flag;
            case byte[] bytes -> bytes;
            case byte[][] several -> several;
            case String[] several -> texts(several);
            default ->
                throw new UnfoldableException(
                        "no column holds a " + value.getClass().getName());
        };
    }

    /** PostgreSQL's text cannot hold the character 0. */
    static String text(CharSequence text) {
        return text.toString().replace('\0', '\uFFFD');
    }

    static OffsetDateTime time(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new UnfoldableException("the time %s is beyond what a calendar holds".formatted(time));
        }
        return time.atOffset(ZoneOffset.UTC);
    }

    static <T> byte[][] ids(Collection<T> items, Function<T, ? extends SpecificFixed> id) {
        return items.stream().map(item -> id.apply(item).bytes()).toArray(byte[][]::new);
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value).replace("\\u0000", "\\ufffd");
        } catch (JsonProcessingException e) {
            throw new UnfoldableException("no JSON: " + e.getOriginalMessage());
        }
    }

    private static String[] texts(String[] several) {
        var clean = new String[several.length];
        for (var i = 0; i < several.length; i++) {
            clean[i] = text(several[i]);
        }
        return clean;
    }
}
