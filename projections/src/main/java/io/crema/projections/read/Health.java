package io.crema.projections.read;

import io.crema.projections.fold.FoldState;
import io.crema.projections.store.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the system is well, part by part, as far as the log and the database tell. */
public final class Health {
    private static final long LAGGING = 1000;
    private static final Duration SLOW = Duration.ofMinutes(1);
    private static final Duration STUCK = Duration.ofMinutes(5);

    private Health() {}

    /** @param connection null when the database is away */
    public static Row read(@Nullable Connection connection, FoldState fold, Instant now) throws SQLException {
        var parts = new ArrayList<Row>();
        parts.add(
                connection == null
                        ? part("database", "stuck", "The database does not answer.")
                        : part("database", "up", "The database answers."));
        parts.add(readModels(fold));
        if (connection != null) {
            parts.add(balances(connection));
            parts.add(chainWatcher(connection, now));
            parts.add(settlement(connection, now));
            parts.add(machines(connection, now));
        }
        var worst = parts.stream()
                .map(part -> part.text("state"))
                .max(java.util.Comparator.comparingInt(List.of("up", "lagging", "stuck")::indexOf))
                .orElse("up");
        var not = parts.stream().filter(part -> !"up".equals(part.get("state"))).toList();
        return Row.with(
                "state",
                worst,
                "sentence",
                not.isEmpty() ? "All parts are well." : not.getFirst().text("sentence"),
                "asOf",
                now.toString(),
                "parts",
                parts,
                "topics",
                topics(fold));
    }

    private static Row readModels(FoldState fold) {
        if (fold.trouble().isPresent()) {
            return part(
                    "readModels",
                    "stuck",
                    "The read models do not move: " + fold.trouble().get() + ".");
        }
        if (!fold.aligned()) {
            return part("readModels", "lagging", "The read models are starting.");
        }
        return fold.lag() > LAGGING
                ? part("readModels", "lagging", "The read models are %d records behind the log.".formatted(fold.lag()))
                : part("readModels", "up", "The read models are up to date with the log.");
    }

    private static Row balances(Connection connection) throws SQLException {
        var row = Sql.first(
                        connection,
                        "SELECT coalesce(sum(waiting_receipts), 0)::bigint AS waiting, (SELECT count(*) FROM quarantined) AS refused FROM balance")
                .orElseThrow();
        var waiting = row.number("waiting");
        return part(
                "balances",
                waiting > 0 ? "lagging" : "up",
                waiting > 0
                        ? Sentences.count(waiting, "receipt")
                                + " wait for credit, for their channel or for one before them."
                        : "No receipt waits; " + Sentences.count(row.number("refused"), "record") + " refused so far.");
    }

    private static Row chainWatcher(Connection connection, Instant now) throws SQLException {
        var row = Sql.first(connection, """
                        SELECT (SELECT max(block_number) FROM checkpoint) AS block,
                            (SELECT max(logged_at) FROM checkpoint) AS at,
                            (SELECT min(updated_at) FROM transaction_now WHERE block_number >
                                (SELECT coalesce(max(block_number), 0) FROM checkpoint)) AS behind
                        """).orElseThrow();
        var block = row.textOrNull("block");
        if (block == null) {
            return part("chainWatcher", "lagging", "The chain watcher has not reported any block yet.");
        }
        var behind = row.time("behind");
        var known = "The log knows the chain up to block %s, since %s."
                .formatted(block, Sentences.ago(Objects.requireNonNull(row.time("at")), now));
        return part("chainWatcher", behind == null ? "up" : age(behind, now), known);
    }

    private static Row settlement(Connection connection, Instant now) throws SQLException {
        var row = Sql.first(connection, """
                        SELECT count(*) AS open, min(i.decided_at) AS oldest FROM intent i
                        LEFT JOIN outcome x ON x.intent = i.intent WHERE x.intent IS NULL
                        """).orElseThrow();
        var oldest = row.time("oldest");
        if (oldest == null) {
            return part("settlement", "up", "Nothing waits to go to the chain.");
        }
        return part(
                "settlement",
                age(oldest, now),
                "%s on the way to the chain, the oldest for %s."
                        .formatted(
                                Sentences.count(row.number("open"), "intent"),
                                Sentences.span(Duration.between(oldest, now))));
    }

    private static Row machines(Connection connection, Instant now) throws SQLException {
        var row = Sql.first(connection, """
                        SELECT count(*) AS machines,
                            count(*) FILTER (WHERE greatest(w.last_seen, t.last_logged_at) > ?) AS heard
                        FROM machine_known k LEFT JOIN machine_twin w ON w.machine = k.machine
                        LEFT JOIN machine_total t ON t.machine = k.machine
                        """, now.minus(Machines.HEARD)).orElseThrow();
        var machines = row.number("machines");
        var heard = row.number("heard");
        return part(
                "machines",
                heard == machines ? "up" : heard == 0 ? "stuck" : "lagging",
                "%d of %s heard from in the last 5 minutes.".formatted(heard, Sentences.count(machines, "machine")));
    }

    private static String age(Instant since, Instant now) {
        var age = Duration.between(since, now);
        return age.compareTo(STUCK) > 0 ? "stuck" : age.compareTo(SLOW) > 0 ? "lagging" : "up";
    }

    private static List<Row> topics(FoldState fold) {
        return Arrays.stream(Position.topics())
                .map(topic -> {
                    var position = 0L;
                    var end = 0L;
                    for (var partition : fold.position().partitions(topic)) {
                        position += fold.position().next(topic, partition);
                        end += Math.max(
                                fold.position().next(topic, partition),
                                fold.ends().next(topic, partition));
                    }
                    return Row.with(
                            "topic", topic.topicName(), "position", position, "end", end, "lag", end - position);
                })
                .toList();
    }

    private static Row part(String name, String state, String sentence) {
        return Row.with("name", name, "state", state, "sentence", sentence);
    }
}
