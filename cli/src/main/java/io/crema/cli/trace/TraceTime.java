package io.crema.cli.trace;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as traces write them: {@code 2024/3/1 10:15}, or ISO 8601 with or without fractions and offset. */
final class TraceTime {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("[u/M/d][u-M-d]['T'][' ']H:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .appendPattern("[XXX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private TraceTime() {}

    /** The moment, read as UTC unless an offset is written; whole seconds. */
    static Instant parse(String text) {
        try {
            var parsed =
                    FORMAT.parseBest(text.strip().replaceAll("\\s+", " "), OffsetDateTime::from, LocalDateTime::from);
            var instant = parsed instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
            if (instant.getEpochSecond() < 0) {
                throw new IllegalArgumentException("datetime is '%s', before 1970".formatted(text));
            }
            return Instant.ofEpochSecond(instant.getEpochSecond());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "datetime is '%s', expected 2024/3/1 10:15 or 2024-03-01T10:15:00".formatted(text), e);
        }
    }
}
