package io.crema.projections.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Connections to the read models. Writers and readers name tables without their schema; the schema comes with the
 * connection, so that a rebuild fills another one with the same code. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private final HikariDataSource pool;
    private final String schema;

    /** Work inside one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Connects lazily: a database that is away is noticed by the first use.
     *
     * @param schema plain lower-case name
     * @param connections at most so many at once
     */
    public Database(String jdbcUrl, String schema, int connections) {
        if (!schema.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("'%s' is no plain lower-case schema name".formatted(schema));
        }
        this.schema = schema;
        var config = new HikariConfig();
        config.setPoolName("projections-" + schema);
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.addDataSourceProperty("currentSchema", schema);
        config.addDataSourceProperty("ApplicationName", "crema-projections");
        config.addDataSourceProperty("socketTimeout", "60");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        this.pool = new HikariDataSource(config);
    }

    public String schema() {
        return schema;
    }

    /** Creates the schema and its tables where they are missing. */
    public void prepare() throws SQLException {
        inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(hashtext('crema.projections.schema'))");
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
            }
            Migrations.apply(connection);
            return true;
        });
    }

    /** Removes the schema with all that is in it. */
    public void drop() throws SQLException {
        inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            }
        });
    }

    /** Commits when the work returns, rolls back when it throws. */
    public <T> T inTransaction(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            try {
                var result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    /** All statements of the work see one moment. */
    public <T> T read(Work<T> work) throws SQLException {
        return inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            }
            return work.run(connection);
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
