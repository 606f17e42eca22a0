package io.crema.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresIT {
    @TempDir
    Path dir;

    @Test
    void shouldKeepRowsOverAStopAndACrash() throws Exception {
        var data = dir.resolve("postgres");
        try (var database = EmbeddedPostgres.start(data)) {
            assertThat(query(database, "SHOW fsync")).isEqualTo("on");
            assertThat(query(database, "SHOW server_version_num")).startsWith("18");
            run(database, "CREATE TABLE cups (n int)");
            run(database, "INSERT INTO cups VALUES (1)");
        }
        var crashed = EmbeddedPostgres.start(data);
        run(crashed, "INSERT INTO cups VALUES (2)");
        var pid = crashed.pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Await.until(
                "postmaster gone",
                Duration.ofSeconds(10),
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        crashed.close();

        try (var database = EmbeddedPostgres.start(data)) {
            assertThat(query(database, "SELECT sum(n) FROM cups")).isEqualTo("3");
        }
    }

    private static String query(EmbeddedPostgres database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(EmbeddedPostgres database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl())) {
            connection.createStatement().execute(sql);
        }
    }
}
