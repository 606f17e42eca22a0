package io.crema.cli.trace;

import io.crema.contracts.value.Amount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Reads a trace: comma-separated UTF-8 with a header line and one sale per line. Columns may come in any order; stray
 * spaces, mixed case, quoted fields, a byte-order mark and CRLF are handled.
 */
public final class TraceReader {
    private static final CSVFormat LINE =
            CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private enum Column {
        DATE,
        DATETIME,
        CASH_TYPE,
        CARD,
        MONEY,
        COFFEE_NAME
    }

    private final int decimals;
    private final Map<String, String> spelling = new HashMap<>();

    /** @param decimals of the token in which prices are paid */
    public TraceReader(int decimals) {
        this.decimals = decimals;
    }

    /**
     * Reads the whole file.
     *
     * @throws TraceException when it cannot be read, is empty, or a column is missing
     */
    public Trace read(Path file) {
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return read(file.toString(), text);
        } catch (IOException e) {
            throw new TraceException(
                    "trace %s cannot be read (%s); give --trace the path of a readable CSV file".formatted(file, e), e);
        }
    }

    Trace read(String name, String text) {
        var lines = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).split("\r\n|\n|\r", -1);
        var headerAt = 0;
        while (headerAt < lines.length && lines[headerAt].isBlank()) {
            headerAt++;
        }
        if (headerAt == lines.length) {
            throw new TraceException(
                    "trace %s is empty; its first line must name the columns %s".formatted(name, columnNames()));
        }
        var columns = columns(name, headerAt + 1, lines[headerAt]);
        List<TraceRow> rows = new ArrayList<>();
        for (var i = headerAt + 1; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                rows.add(row(i + 1, lines[i], columns));
            }
        }
        return Trace.of(rows);
    }

    private static Map<Column, Integer> columns(String name, int line, String header) {
        List<String> names;
        try {
            names = fields(header).stream().map(TraceReader::folded).toList();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new TraceException("trace %s, line %d: the header is no CSV: %s".formatted(name, line, header), e);
        }
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        for (var column : Column.values()) {
            var wanted = column.name().toLowerCase(Locale.ROOT);
            var at = names.indexOf(wanted);
            if (at < 0) {
                throw new TraceException("trace %s, line %d: column '%s' is missing; found %s, expected %s"
                        .formatted(name, line, wanted, names, columnNames()));
            }
            if (names.lastIndexOf(wanted) != at) {
                throw new TraceException(
                        "trace %s, line %d: column '%s' stands there twice; keep one".formatted(name, line, wanted));
            }
            columns.put(column, at);
        }
        return columns;
    }

    private TraceRow row(int line, String text, Map<Column, Integer> columns) {
        try {
            var fields = fields(text);
            var last =
                    columns.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
            if (fields.size() <= last) {
                return new TraceRow.Refused(line, "%d fields, expected at least %d".formatted(fields.size(), last + 1));
            }
            return switch (folded(field(fields, columns, Column.CASH_TYPE))) {
                case "cash" -> new TraceRow.Cash(line, time(fields, columns));
                case "card" -> card(line, fields, columns);
                default ->
                    throw new IllegalArgumentException("cash_type is '%s', expected card or cash"
                            .formatted(field(fields, columns, Column.CASH_TYPE)));
            };
        } catch (UncheckedIOException e) {
            return new TraceRow.Refused(line, "not readable as CSV: check its quotes");
        } catch (IllegalArgumentException | ArithmeticException e) {
            return new TraceRow.Refused(line, String.valueOf(e.getMessage()));
        }
    }

    private TraceRow card(int line, List<String> fields, Map<Column, Integer> columns) {
        var card = field(fields, columns, Column.CARD);
        if (card.isEmpty()) {
            throw new IllegalArgumentException("card is empty, expected the card's number");
        }
        var product = field(fields, columns, Column.COFFEE_NAME).replaceAll("\\s+", " ");
        if (product.isEmpty()) {
            throw new IllegalArgumentException("coffee_name is empty, expected what was sold");
        }
        return new TraceRow.Card(
                line,
                time(fields, columns),
                card.toUpperCase(Locale.ROOT),
                price(field(fields, columns, Column.MONEY)),
                spelling.computeIfAbsent(folded(product), folded -> product));
    }

    private static Instant time(List<String> fields, Map<Column, Integer> columns) {
        return TraceTime.parse(field(fields, columns, Column.DATETIME));
    }

    private Amount price(String money) {
        BigDecimal value;
        try {
            value = new BigDecimal(money);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("money is '%s', expected a number such as 38.70".formatted(money), e);
        }
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("money is '%s', expected more than 0".formatted(money));
        }
        if (value.precision() - value.scale() > Amount.MAX.toString().length() || value.scale() > 1000) {
            throw new IllegalArgumentException("money is '%s', more than an amount can hold".formatted(money));
        }
        if (value.stripTrailingZeros().scale() > decimals) {
            throw new IllegalArgumentException(
                    "money is '%s', but the token has only %d decimals".formatted(money, decimals));
        }
        return new Amount(value.movePointRight(decimals).toBigIntegerExact());
    }

    private static String field(List<String> fields, Map<Column, Integer> columns, Column column) {
        return fields.get(columns.getOrDefault(column, 0)).strip();
    }

    private static List<String> fields(String line) {
        try (var parser = CSVParser.parse(line, LINE)) {
            var records = parser.getRecords();
            return records.size() == 1 ? List.of(records.getFirst().values()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String folded(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> columnNames() {
        return Arrays.stream(Column.values())
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
