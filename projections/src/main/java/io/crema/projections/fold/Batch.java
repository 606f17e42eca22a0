package io.crema.projections.fold;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Writes rows in the order in which they are added; neighbours with the same statement travel together. */
final class Batch implements AutoCloseable {
    private final Connection connection;
    private @Nullable PreparedStatement statement;
    private String sql = "";

    Batch(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /**
     * @param values one per parameter, as {@link Cells} takes them
     * @throws UnfoldableException before anything was added
     */
    void add(String wanted, @Nullable Object... values) throws SQLException {
        var cells = new @Nullable Object[values.length];
        for (var i = 0; i < values.length; i++) {
            cells[i] = Cells.of(values[i]);
        }
        var target = statement(wanted);
        for (var i = 0; i < cells.length; i++) {
            bind(target, i + 1, cells[i]);
        }
        target.addBatch();
    }

    void flush() throws SQLException {
        if (statement != null) {
            try (var full = statement) {
                statement = null;
                sql = "";
                full.executeBatch();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (statement != null) {
            statement.close();
        }
    }

    private PreparedStatement statement(String wanted) throws SQLException {
        var current = statement;
        if (current != null && sql.equals(wanted)) {
            return current;
        }
        flush();
        var fresh = connection.prepareStatement(wanted);
        statement = fresh;
        sql = wanted;
        return fresh;
    }

    private void bind(PreparedStatement target, int index, @Nullable Object cell) throws SQLException {
        switch (cell) {
            case null -> target.setNull(index, Types.NULL);
            case byte[] bytes -> target.setBytes(index, bytes);
            case byte[][] several -> target.setArray(index, connection.createArrayOf("bytea", several));
            case String[] several -> target.setArray(index, connection.createArrayOf("text", several));
            default -> target.setObject(index, cell);
        }
    }
}
