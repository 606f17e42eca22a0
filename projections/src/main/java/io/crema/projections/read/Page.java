package io.crema.projections.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, in an order that a cursor can continue: the cursor is the sort key of the last item.
 *
 * @param items the rows, sort keys removed
 * @param next cursor of the next page; empty on the last
 */
public record Page(List<Row> items, Optional<String> next) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a list is sorted: columns of the query, with their SQL types, all in one direction. */
    public record Order(List<String> columns, List<String> types, boolean descending) {
        public static Order descending(String... columnsAndTypes) {
            return new Order(columns(columnsAndTypes, 0), columns(columnsAndTypes, 1), true);
        }

        public static Order ascending(String... columnsAndTypes) {
            return new Order(columns(columnsAndTypes, 0), columns(columnsAndTypes, 1), false);
        }

        private static List<String> columns(String[] all, int which) {
            return Stream.iterate(which, i -> i < all.length, i -> i + 2)
                    .map(i -> all[i])
                    .toList();
        }
    }

    /** What a reader asks for. */
    public record Request(int limit, Optional<String> cursor) {
        public static Request first(int limit) {
            return new Request(limit, Optional.empty());
        }
    }

    /**
     * @param sql a query whose columns include the order's; its parameters come first
     * @throws IllegalArgumentException when the cursor is none of this list
     */
    public static Page read(
            Connection connection, String sql, Order order, Request request, @Nullable Object... parameters)
            throws SQLException {
        var keys = String.join(", ", order.columns().stream().map(Page::key).toList());
        var all = new ArrayList<@Nullable Object>(Arrays.asList(parameters));
        var where = "";
        if (request.cursor().isPresent()) {
            var values = decode(request.cursor().get(), order.columns().size());
            all.addAll(values);
            where = " WHERE (%s) %s (%s)"
                    .formatted(
                            keys,
                            order.descending() ? "<" : ">",
                            order.types().stream().map(type -> "?::" + type).collect(Collectors.joining(", ")));
        }
        all.add(request.limit() + 1);
        var direction = order.descending() ? " DESC" : "";
        var orderBy = order.columns().stream().map(c -> key(c) + direction).collect(Collectors.joining(", "));
        var rows = Sql.rows(
                connection,
                "SELECT * FROM (%s) listed%s ORDER BY %s LIMIT ?".formatted(sql, where, orderBy),
                all.toArray());
        var more = rows.size() > request.limit();
        var items = more ? rows.subList(0, request.limit()) : rows;
        var next = more ? Optional.of(encode(items.getLast(), order)) : Optional.<String>empty();
        items.forEach(row -> row.keySet().removeIf(column -> column.startsWith("key")));
        return new Page(List.copyOf(items), next);
    }

    /** As the API answers it. */
    public Row row() {
        return Row.with("items", items, "next", next.orElse(null));
    }

    private static String key(String column) {
        return '"' + column + '"';
    }

    private static String encode(Row last, Order order) {
        var values = order.columns().stream().map(last::text).toList();
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(values));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> decode(String cursor, int size) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            var values = Arrays.asList(JSON.readValue(text, String[].class));
            if (values.size() == size && values.stream().noneMatch(java.util.Objects::isNull)) {
                return values.stream()
                        .map(v -> v.startsWith("0x") ? "\\x" + v.substring(2) : v)
                        .toList();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("cursor '%s' is not one that this list gave".formatted(cursor), e);
        }
        throw new IllegalArgumentException("cursor '%s' is not one that this list gave".formatted(cursor));
    }
}
