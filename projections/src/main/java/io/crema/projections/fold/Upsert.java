package io.crema.projections.fold;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Statements that insert a row or replace it, by its key. */
final class Upsert {
    private Upsert() {}

    /**
     * @param keys the first columns, comma separated
     * @param rest the other columns, comma separated; {@code name::type} casts the parameter
     */
    static String of(String table, String keys, String rest) {
        var names = columns(keys + "," + rest);
        var updates = columns(rest).stream()
                .map(column -> name(column) + " = excluded." + name(column))
                .collect(Collectors.joining(", "));
        return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
                .formatted(
                        table,
                        names.stream().map(Upsert::name).collect(Collectors.joining(", ")),
                        names.stream().map(Upsert::parameter).collect(Collectors.joining(", ")),
                        keys,
                        updates);
    }

    private static List<String> columns(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
    }

    private static String name(String column) {
        return column.split("::", -1)[0];
    }

    private static String parameter(String column) {
        return column.contains("::") ? "?::" + column.split("::", -1)[1] : "?";
    }
}
