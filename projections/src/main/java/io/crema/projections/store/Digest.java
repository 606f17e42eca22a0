package io.crema.projections.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tables hold, in one line per table: the number of rows and two sums of 64-bit hashes over them. Equal lines
 * mean equal rows, whatever their order on disk.
 */
public record Digest(Map<String, String> tables) {
    public Digest {
        tables = Map.copyOf(tables);
    }

    /** Of all tables of the schema, {@code migration} left out, in the caller's transaction. */
    public static Digest of(Connection connection, String schema) throws SQLException {
        var tables = new TreeMap<String, String>();
        try (var select = connection.prepareStatement(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE' AND table_name <> 'migration'")) {
            select.setString(1, schema);
            try (var names = select.executeQuery()) {
                while (names.next()) {
                    tables.put(names.getString(1), "");
                }
            }
        }
        for (var table : tables.keySet()) {
            try (var sums = connection.createStatement();
                    var row = sums.executeQuery(
                            "SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) || ':' || coalesce(sum(hashtextextended(t::text, 1)), 0) FROM %s.%s t"
                                    .formatted(schema, table))) {
                row.next();
                tables.put(table, row.getString(1));
            }
        }
        return new Digest(tables);
    }
}
