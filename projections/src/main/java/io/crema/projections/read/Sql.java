package io.crema.projections.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a query in the caller's transaction and returns its rows. */
public final class Sql {
    private Sql() {}

    /** @param parameters texts, numbers, bytes, instants, arrays of ints, longs or bytes */
    public static List<Row> rows(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                switch (parameters[i]) {
                    case Instant time -> statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
                    case Integer[] numbers -> statement.setArray(i + 1, connection.createArrayOf("int", numbers));
                    case Long[] numbers -> statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
                    case byte[] bytes -> statement.setBytes(i + 1, bytes);
                    case null -> statement.setString(i + 1, null);
                    case Object value -> statement.setObject(i + 1, value);
                }
            }
            try (var found = statement.executeQuery()) {
                var rows = new ArrayList<Row>();
                while (found.next()) {
                    rows.add(Row.of(found));
                }
                return rows;
            }
        }
    }

    public static Optional<Row> first(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        return rows(connection, sql, parameters).stream().findFirst();
    }
}
