package io.crema.projections.fold;

import io.crema.projections.store.Database;
import io.crema.projections.store.Digest;
import io.crema.projections.store.Position;
import io.crema.projections.store.Positions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the read models anew, from offset 0, beside those in use; compares the two at the very same position, row for
 * row, and puts the new ones in their place. A running service keeps folding and answering meanwhile; for the last
 * stretch its writes wait, and it then finds itself at the new tables.
 */
public final class Rebuild {
    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final String jdbcUrl;
    private final String schema;

    /**
     * What came out.
     *
     * @param identical whether every table held the same rows as before
     * @param differences one sentence per table that did not
     * @param records how many records were folded
     */
    public record Result(boolean identical, List<String> differences, long records) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    public Rebuild(String bootstrapServers, String jdbcUrl, String schema) {
        this.bootstrapServers = bootstrapServers;
        this.jdbcUrl = jdbcUrl;
        this.schema = schema;
    }

    /**
     * Runs to the end; at most one at a time. When it fails, the tables in use are as they were.
     *
     * @throws IllegalStateException when the topics are missing
     */
    public Result run() throws SQLException {
        try (var live = new Database(jdbcUrl, schema, 2);
                var fresh = new Database(jdbcUrl, schema + "_next", 2);
                var replaced = new Database(jdbcUrl, schema + "_old", 1);
                var consumer = LogReader.open(bootstrapServers, "crema-projections-rebuild")) {
            replaced.drop();
            fresh.drop();
            fresh.prepare();
            var folder = new Folder(consumer, fresh);
            if (!folder.align()) {
                throw new IllegalStateException(
                        "the log at %s has not all topics: create them first".formatted(bootstrapServers));
            }
            // Never beyond the tables in use: there they must meet to be compared.
            var present = live.read(connection -> exists(connection) ? Positions.read(connection) : Position.START);
            var until = present.offsets().isEmpty() ? folder.ends(Duration.ofSeconds(30)) : present;
            var records = fold(folder, until);
            log.info("rebuilt records={}, comparing", records);
            var result = live.inTransaction(connection -> swap(connection, fresh, folder, records));
            replaced.drop();
            return result;
        }
    }

    private Result swap(Connection connection, Database fresh, Folder folder, long before) throws SQLException {
        var records = before;
        var differences = new ArrayList<String>();
        if (exists(connection)) {
            // Holds every writer of the tables in use until this transaction ends.
            execute(connection, "SELECT 1 FROM %s.position ORDER BY topic, partition FOR UPDATE".formatted(schema));
            records += fold(folder, Positions.read(connection));
            differences.addAll(
                    differences(Digest.of(connection, schema), fresh.read(other -> Digest.of(other, fresh.schema()))));
            execute(connection, "ALTER SCHEMA %1$s RENAME TO %1$s_old".formatted(schema));
        }
        execute(connection, "ALTER SCHEMA %s RENAME TO %s".formatted(fresh.schema(), schema));
        return new Result(differences.isEmpty(), differences, records);
    }

    private static long fold(Folder folder, Position until) throws SQLException {
        folder.stopAt(until);
        var records = 0L;
        while (!folder.stopped()) {
            records += folder.step(POLL);
        }
        return records;
    }

    private static List<String> differences(Digest before, Digest after) {
        var tables = new TreeSet<>(before.tables().keySet());
        tables.addAll(after.tables().keySet());
        return tables.stream()
                .filter(table -> !Objects.equals(
                        before.tables().get(table), after.tables().get(table)))
                .map(table -> "table %s: was %s, is %s (rows:sum:sum)"
                        .formatted(
                                table,
                                before.tables().getOrDefault(table, "not there"),
                                after.tables().getOrDefault(table, "not there")))
                .toList();
    }

    private boolean exists(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            select.setString(1, schema + ".position");
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
