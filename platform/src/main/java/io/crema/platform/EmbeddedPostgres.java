package io.crema.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 on 127.0.0.1, unpacked from a jar; it runs as root too. Everything lives in the data directory
 * and survives a stop, a start and a crash (fsync and synchronous commits are on). It ends with this JVM, however that
 * ends. One owner starts and closes it; the connection details may be read from anywhere.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Map<String, String> LEAN = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "24"),
            Map.entry("shared_buffers", "32MB"),
            Map.entry("max_wal_size", "256MB"),
            Map.entry("max_worker_processes", "2"),
            Map.entry("max_parallel_workers", "0"),
            Map.entry("autovacuum_max_workers", "1"),
            Map.entry("io_workers", "1"),
            Map.entry("jit", "off"));

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private final long pid;
    private final Leash leash;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, long pid, Leash leash) {
        this.server = server;
        this.pid = pid;
        this.leash = leash;
    }

    /** Starts on this data directory (created where it does not exist) and an ephemeral port. */
    public static EmbeddedPostgres start(Path dataDir) {
        return start(dataDir, 0);
    }

    /**
     * Starts on this data directory and this port; port 0 takes any free one.
     *
     * @throws PlatformException if the server does not come up
     */
    public static EmbeddedPostgres start(Path dataDir, int port) {
        var dir = dataDir.toAbsolutePath();
        try {
            Files.createDirectories(dir.getParent());
            awaitFormerServer(dir);
            var binaries = ProjectHome.cache().resolve("postgres");
            Files.createDirectories(binaries);
            var builder = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setDataDirectory(dir)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setPGStartupWait(Duration.ofSeconds(30))
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD);
            if (port != 0) {
                builder.setPort(port);
            }
            LEAN.forEach(builder::setServerConfig);
            var server = builder.start();
            var pid = postmaster(dir);
            log.info("database ready at 127.0.0.1:{} pid={} data={}", server.getPort(), pid, dir);
            return new EmbeddedPostgres(server, pid, Leash.tie(pid, "INT"));
        } catch (IOException | IllegalStateException e) {
            throw new PlatformException(
                    "PostgreSQL did not start on data directory " + dir + ": " + e.getMessage()
                            + ". Expected an empty directory or one written by PostgreSQL 18 that no other server uses.",
                    e);
        }
    }

    /** JDBC address of the database {@code postgres}, user included; connections from this machine need no password. */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** JDBC address of the named database, user included. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(server.getPort(), database);
    }

    public int port() {
        return server.getPort();
    }

    /** Process id of the postmaster; it is no descendant of this JVM, so give it to {@link ProcessTree#include}. */
    public long pid() {
        return pid;
    }

    /** Stops the server: open connections are cut, everything committed is on disk. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new PlatformException("PostgreSQL, process " + pid + ", did not stop: " + e.getMessage(), e);
        } finally {
            leash.close();
        }
    }

    /** A server that a killed JVM left on its leash needs a moment to end. */
    private static void awaitFormerServer(Path dir) throws IOException {
        if (!Files.exists(dir.resolve("postmaster.pid"))) {
            return;
        }
        var former = postmaster(dir);
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (isPostgres(former) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        if (isPostgres(former)) {
            throw new IOException("process " + former + " still serves it");
        }
    }

    private static boolean isPostgres(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().command())
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }

    private static long postmaster(Path dir) throws IOException {
        try (var lines = Files.lines(dir.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElse("").strip());
        } catch (NumberFormatException e) {
            throw new IOException("postmaster.pid in " + dir + " names no process id", e);
        }
    }
}
