package io.crema.projections.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.platform.EmbeddedBroker;
import io.crema.platform.EmbeddedPostgres;
import io.crema.projections.Fleet;
import io.crema.projections.store.Database;
import io.crema.projections.store.Digest;
import io.crema.projections.store.Position;
import io.crema.projections.store.StaleWriterException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fold against a real broker and database: zombies, crashes, and the same rows whatever happened. */
class FolderIT {
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir
    static Path folder;

    static EmbeddedBroker broker;
    static EmbeddedPostgres postgres;
    static Fleet fleet;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.builder(folder.resolve("broker")).start();
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        fleet = new Fleet(broker.bootstrapServers());
        fleet.commit(() -> {
            fleet.rent("COF-0001", "channel one");
            for (var cup = 1; cup <= 3_000; cup++) {
                fleet.sell("COF-0001", "channel one", cup, 150, Fleet.NOON.plusSeconds(cup * 100L));
            }
        });
    }

    @AfterAll
    static void stop() {
        fleet.close();
        postgres.close();
        broker.close();
    }

    @Test
    void shouldLetAZombieWriteNothing() throws Exception {
        try (var database = fresh("zombie");
                var one = LogReader.open(broker.bootstrapServers(), "one");
                var two = LogReader.open(broker.bootstrapServers(), "two")) {
            var alive = new Folder(one, database);
            var zombie = new Folder(two, database);
            assertThat(alive.align()).isTrue();
            assertThat(zombie.align()).isTrue();
            catchUp(alive);
            var before = digest(database);

            assertThatThrownBy(() -> catchUp(zombie)).isInstanceOf(StaleWriterException.class);
            assertThat(digest(database)).isEqualTo(before);
            assertThat(cups(database)).isEqualTo(3_000);

            assertThat(zombie.align()).isTrue();
            catchUp(zombie);
            assertThat(digest(database)).isEqualTo(before);
        }
    }

    @Test
    void shouldGoOnWithTheVeryNextRecordAfterAStop() throws Exception {
        try (var database = fresh("stopped");
                var untouched = fresh("unstopped");
                var stopping = LogReader.open(broker.bootstrapServers(), "stopping");
                var running = LogReader.open(broker.bootstrapServers(), "running")) {
            var stopped = new Folder(stopping, database);
            assertThat(stopped.align()).isTrue();
            var halves = new HashMap<TopicPartition, Long>();
            stopped.ends(Duration.ofSeconds(10))
                    .offsets()
                    .forEach((partition, offset) -> halves.put(partition, offset / 2));
            stopped.stopAt(new Position(halves));
            while (!stopped.stopped()) {
                stopped.step(POLL);
            }
            assertThat(cups(database)).isLessThan(3_000);
            catchUp(stopped);

            var whole = new Folder(running, untouched);
            assertThat(whole.align()).isTrue();
            catchUp(whole);
            assertThat(digest(database)).isEqualTo(digest(untouched));
        }
    }

    @Test
    void shouldCountEachSaleOnceHoweverOftenItsConnectionDiesInBetween() throws Exception {
        try (var database = fresh("crash");
                var untouched = fresh("untouched")) {
            database.inTransaction(connection -> {
                try (var statement = connection.createStatement()) {
                    // The first four transactions that get this far lose their connection after most rows are written.
                    statement.execute("""
                            CREATE SEQUENCE crashes;
                            CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$
                            BEGIN
                                IF nextval('crash.crashes') <= 4 THEN
                                    PERFORM pg_terminate_backend(pg_backend_pid());
                                END IF;
                                RETURN NEW;
                            END $$;
                            CREATE TRIGGER crash AFTER INSERT OR UPDATE ON machine_total FOR EACH ROW EXECUTE FUNCTION crash();
                            """);
                }
                return true;
            });
            try (var runner = new FoldRunner(broker.bootstrapServers(), database, InstantSource.system(), () -> {})) {
                runner.start();
                var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (cups(database) < 3_000 && System.nanoTime() < deadline) {
                    Thread.sleep(50);
                }
            }
            assertThat(cups(database)).isEqualTo(3_000);

            try (var consumer = LogReader.open(broker.bootstrapServers(), "plain")) {
                var plain = new Folder(consumer, untouched);
                plain.align();
                catchUp(plain);
            }
            for (var table : new String[] {"receipt", "customer_day", "machine_total", "balance", "channel_log"}) {
                assertThat(digest(database).tables().get(table))
                        .as(table)
                        .isEqualTo(digest(untouched).tables().get(table));
            }
        }
    }

    private static Database fresh(String schema) throws SQLException {
        var database = new Database(postgres.jdbcUrl(), schema, 2);
        database.drop();
        database.prepare();
        return database;
    }

    private static void catchUp(Folder folder) throws SQLException {
        folder.stopAt(folder.ends(Duration.ofSeconds(10)));
        while (!folder.stopped()) {
            folder.step(POLL);
        }
    }

    private static Digest digest(Database database) throws SQLException {
        return database.read(connection -> Digest.of(connection, database.schema()));
    }

    private static long cups(Database database) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.createStatement();
                    var row = select.executeQuery("SELECT coalesce(sum(cups), 0) FROM machine_total")) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
