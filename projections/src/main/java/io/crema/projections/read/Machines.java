package io.crema.projections.read;

import io.crema.contracts.value.Hex;
import io.crema.projections.read.Page.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Machines as the API shows them. Stateless but for the names. */
public final class Machines {
    static final Duration SERVING = Duration.ofMinutes(1);
    static final Duration HEARD = Duration.ofMinutes(5);

    private static final String LIST = """
            SELECT q.*, array_position(ARRAY['serving', 'faulty', 'ready', 'silent', 'unknown'], q."state") AS "keyRank"
            FROM (
                SELECT k.machine AS "id",
                    CASE WHEN f.open > 0 THEN 'faulty'
                         WHEN t.last_logged_at > ? THEN 'serving'
                         WHEN greatest(w.last_seen, t.last_logged_at) IS NULL THEN 'unknown'
                         WHEN greatest(w.last_seen, t.last_logged_at) > ? THEN 'ready'
                         ELSE 'silent' END AS "state",
                    r.customer AS "customer", coalesce(r.manufacturer, s.manufacturer) AS "manufacturer",
                    r.channel AS "channel", b.deposited - b.accepted AS "credit",
                    greatest(w.last_seen, t.last_logged_at) AS "lastSeen", t.last_sale_at AS "lastSaleAt",
                    coalesce(t.cups, 0) AS "cups", coalesce(t.revenue, 0) AS "revenue",
                    coalesce(h.cups, 0)::bigint AS "cupsToday", coalesce(h.revenue, 0) AS "revenueToday",
                    coalesce(f.open, 0) AS "openFaults", coalesce(w.failures, 0) AS "failures",
                    w.version AS "version", s.serial AS "serial", f.description AS "fault"
                FROM machine_known k
                LEFT JOIN rental r ON r.machine = k.machine
                LEFT JOIN balance b ON b.channel = r.channel
                LEFT JOIN machine_serial s ON s.machine = k.machine
                LEFT JOIN machine_twin w ON w.machine = k.machine
                LEFT JOIN machine_total t ON t.machine = k.machine
                LEFT JOIN (
                    SELECT machine, sum(cups) AS cups, sum(revenue) AS revenue FROM machine_hour WHERE hour >= ?
                    GROUP BY machine
                ) h ON h.machine = k.machine
                LEFT JOIN (
                    SELECT machine, count(*) AS open, min(description) AS description FROM fault
                    WHERE cleared_at IS NULL AND raised_at IS NOT NULL GROUP BY machine
                ) f ON f.machine = k.machine
            ) q
            """;
    private static final Order BY_STATE = Order.ascending("keyRank", "int", "id", "bytea");
    private static final String FAULTS = """
            SELECT fault AS "id", rule AS "rule", coalesce(description, '') AS "description",
                coalesce(quantity, '') AS "quantity", coalesce(unit, '') AS "unit", coalesce(value, 0) AS "value",
                coalesce(since, raised_at, cleared_at) AS "since", coalesce(raised_at, cleared_at) AS "raisedAt",
                cleared_at AS "clearedAt"
            FROM fault WHERE machine = ? ORDER BY (cleared_at IS NULL) DESC, raised_at DESC LIMIT 50
            """;
    private static final String HOURS = """
            SELECT hour AS "hour", product AS "product", cups AS "cups", revenue AS "revenue"
            FROM machine_hour WHERE machine = ? AND hour >= ? AND hour < ? ORDER BY hour, product
            """;

    private final Directory names;
    private final Sales sales;
    private final Services services;

    public Machines(Directory names) {
        this.names = names;
        this.sales = new Sales(names);
        this.services = new Services(names);
    }

    public Page list(Connection connection, Instant now, Optional<String> state, Page.Request request)
            throws SQLException {
        return shown(
                Page.read(
                        connection,
                        where("(?::text IS NULL OR q.\"state\" = ?)"),
                        BY_STATE,
                        request,
                        with(now, state.orElse(null), state.orElse(null))),
                now);
    }

    /** Those of these ids that are known. */
    public List<Row> some(Connection connection, Instant now, byte[][] ids) throws SQLException {
        var array = connection.createArrayOf("bytea", ids);
        return shown(
                        Page.read(
                                connection,
                                where("q.\"id\" = ANY (?)"),
                                BY_STATE,
                                Page.Request.first(1000),
                                with(now, array)),
                        now)
                .items();
    }

    /** How many machines are in each state. */
    Map<String, Long> counts(Connection connection, Instant now) throws SQLException {
        var counts = new HashMap<String, Long>();
        var sql = "SELECT \"state\" AS state, count(*) AS machines FROM (%s) s GROUP BY 1".formatted(LIST);
        for (var row : Sql.rows(connection, sql, with(now))) {
            counts.put(row.text("state"), row.number("machines"));
        }
        return counts;
    }

    public Optional<Row> detail(Connection connection, Instant now, byte[] id) throws SQLException {
        var found = some(connection, now, new byte[][] {id}).stream().findFirst();
        if (found.isPresent()) {
            var machine = found.get();
            var twin = Sql.first(connection, """
                    SELECT (SELECT coalesce(jsonb_agg(value ORDER BY key), '[]'::jsonb) FROM jsonb_each(readings)) AS "readings",
                        last_event AS "lastEvent" FROM machine_twin WHERE machine = ?
                    """, id);
            machine.put("readings", twin.map(row -> row.get("readings")).orElse(List.of()));
            machine.put("lastEvent", twin.map(row -> row.get("lastEvent")).orElse(null));
            machine.put("faults", Sql.rows(connection, FAULTS, id));
            machine.put("hours", hours(connection, id, null, null).get("items"));
            machine.put(
                    "sales",
                    sales.list(connection, Optional.of(id), Optional.empty(), Page.Request.first(20))
                            .items());
            machine.put(
                    "services",
                    services.list(connection, Optional.of(id), Page.Request.first(20))
                            .items());
        }
        return found;
    }

    /** @param to exclusive; by default the end of the machine's newest hour, and {@code from} 48 hours earlier */
    public Row hours(Connection connection, byte[] id, @Nullable Instant from, @Nullable Instant to)
            throws SQLException {
        var end = to;
        if (end == null) {
            var newest = Sql.first(connection, "SELECT max(hour) AS hour FROM machine_hour WHERE machine = ?", id)
                    .map(row -> row.time("hour"));
            end = newest.map(hour -> hour.plus(Duration.ofHours(1))).orElse(null);
        }
        var start = from != null || end == null ? from : end.minus(Duration.ofHours(48));
        var hex = Hex.encode(id);
        var items = end == null || start == null ? List.<Row>of() : Sql.rows(connection, HOURS, id, start, end);
        items.forEach(hour -> hour.put("product", names.product(hour.textOrNull("product"))));
        return Row.with(
                "machine",
                names.machine(hex),
                "from",
                start == null ? null : start.toString(),
                "to",
                end == null ? null : end.toString(),
                "items",
                items);
    }

    private static String where(String condition) {
        return LIST + " WHERE " + condition;
    }

    private static @Nullable Object[] with(Instant now, @Nullable Object... more) {
        var day = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
        var all = new @Nullable Object[3 + more.length];
        all[0] = now.minus(SERVING);
        all[1] = now.minus(HEARD);
        all[2] = day;
        System.arraycopy(more, 0, all, 3, more.length);
        return all;
    }

    private Page shown(Page page, Instant now) {
        page.items().forEach(row -> show(row, now));
        return page;
    }

    private void show(Row row, Instant now) {
        var known = names.machine(row.text("id"));
        var serial =
                known == null || known.get("serial") == null ? row.textOrNull("serial") : known.textOrNull("serial");
        row.put("sentence", sentence(row, now));
        row.put("label", serial == null ? Directory.shortened(row.text("id")) : serial);
        row.put("serial", serial);
        row.put("site", known == null ? null : known.get("site"));
        row.put("model", known == null ? null : known.get("model"));
        row.put("customer", names.party(row.textOrNull("customer")));
        row.put("manufacturer", names.party(row.textOrNull("manufacturer")));
        row.remove("fault");
    }

    private static String sentence(Row row, Instant now) {
        var seen = row.time("lastSeen");
        var ago = seen == null ? "" : Sentences.ago(seen, now);
        return switch (row.text("state")) {
            case "serving" -> "Serving: poured a cup within the last minute.";
            case "ready" -> "Ready: last heard from " + ago + ".";
            case "faulty" -> "Faulty: " + (row.textOrNull("fault") == null ? "a fault is open" : row.text("fault"));
            case "silent" -> "Silent: last heard from " + ago + "; it may be serving offline.";
            default -> "Never heard from.";
        };
    }
}
