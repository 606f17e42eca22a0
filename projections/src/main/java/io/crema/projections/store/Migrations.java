package io.crema.projections.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The tables, as numbered SQL files that are applied once each, in order. An applied file never changes; read models
 * may be thrown away, so a change of heart is a new file or a rebuild.
 */
final class Migrations {
    private static final List<String> FILES =
            List.of("V001__read_models.sql", "V002__redemptions.sql", "V003__sources.sql");

    private Migrations() {}

    /** Brings the connection's schema up to date in one transaction. */
    static void apply(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('crema.projections.migrations'))");
            statement.execute("CREATE TABLE IF NOT EXISTS migration (file text PRIMARY KEY, checksum bigint NOT NULL)");
            for (var file : FILES) {
                var sql = read(file);
                if (!applied(connection, file, checksum(sql))) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static boolean applied(Connection connection, String file, long checksum) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO migration VALUES (?, ?) ON CONFLICT DO NOTHING");
                var select = connection.prepareStatement("SELECT checksum FROM migration WHERE file = ?")) {
            insert.setString(1, file);
            insert.setLong(2, checksum);
            if (insert.executeUpdate() == 1) {
                return false;
            }
            select.setString(1, file);
            try (var rows = select.executeQuery()) {
                rows.next();
                if (rows.getLong(1) != checksum) {
                    throw new IllegalStateException(
                            "the read models were made by another version of %s (checksum %d, here %d): rebuild them with crema projections rebuild"
                                    .formatted(file, rows.getLong(1), checksum));
                }
                return true;
            }
        }
    }

    private static String read(String file) {
        try (var in = Migrations.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("migration " + file + " is missing on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long checksum(String sql) {
        var crc = new CRC32C();
        crc.update(sql.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
