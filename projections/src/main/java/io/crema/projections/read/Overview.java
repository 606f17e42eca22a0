package io.crema.projections.read;

import io.crema.projections.store.Positions;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The whole fleet in figures. Reads within one transaction, so that the figures agree with each other. */
public final class Overview {
    private static final String MONEY = """
            SELECT coalesce(sum(receipts), 0)::bigint AS cups, coalesce(sum(accepted), 0) AS revenue,
                coalesce(sum(deposited), 0) AS deposited, coalesce(sum(redeemed), 0) AS redeemed,
                coalesce(sum(greatest(accepted - redeemed, 0)), 0) AS outstanding,
                coalesce(sum(deposited - accepted), 0) AS credit, coalesce(sum(waiting), 0) AS waiting,
                coalesce(sum(waiting_receipts), 0)::bigint AS "waitingReceipts"
            FROM balance
            """;
    private static final String DAY = """
            SELECT day AS "day", sum(cups)::bigint AS "cups", sum(spent) AS "revenue" FROM customer_day
            WHERE day = %s GROUP BY day
            """;
    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM fault WHERE cleared_at IS NULL AND raised_at IS NOT NULL) AS faults,
                (SELECT count(*) FROM service WHERE status IN ('opened', 'requested')) AS services,
                (SELECT count(*) FROM quarantined) AS quarantined,
                (SELECT max(last_logged_at) FROM machine_total) AS sale
            """;
    private static final String TRANSACTIONS = """
            SELECT count(*) FILTER (WHERE pending) AS "pending", count(*) FILTER (WHERE stage = 'CONFIRMED') AS "confirmed",
                count(*) FILTER (WHERE stage = 'FAILED') AS "failed", coalesce(sum(gas_used), 0)::bigint AS "gasUsed",
                coalesce(sum(gas_used * effective_gas_price), 0) AS "feesWei"
            FROM transaction_now
            """;
    private static final String MINUTES = """
            SELECT date_trunc('minute', logged_at) AS minute, count(*) AS cups, coalesce(sum(price - credit), 0) AS revenue
            FROM receipt WHERE logged_at >= ? GROUP BY 1
            """;

    private final Directory names;
    private final Machines machines;
    private final Problems problems;

    public Overview(Directory names, Problems problems) {
        this.names = names;
        this.machines = new Machines(names);
        this.problems = problems;
    }

    public Row read(Connection connection, Instant now) throws SQLException {
        var money = Sql.first(connection, MONEY).orElseThrow();
        var counts = Sql.first(connection, COUNTS).orElseThrow();
        var today = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        var found = problems.list(connection, now);
        var errors =
                found.stream().filter(p -> "error".equals(p.get("severity"))).count();
        return Row.with(
                "asOf", now.toString(),
                "position", Positions.read(connection).encode(),
                "token", names.token(),
                "cups", money.get("cups"),
                "revenue", money.get("revenue"),
                "today",
                        Sql.first(connection, DAY.formatted("?::date"), today)
                                .orElse(Row.with("day", today, "cups", 0, "revenue", BigInteger.ZERO.toString())),
                "newestDay",
                        Sql.first(connection, DAY.formatted("(SELECT max(day) FROM customer_day)"))
                                .orElse(null),
                "deposited", money.get("deposited"),
                "redeemed", money.get("redeemed"),
                "outstanding", money.get("outstanding"),
                "credit", money.get("credit"),
                "waiting", Row.with("receipts", money.get("waitingReceipts"), "amount", money.get("waiting")),
                "machines", machines(connection, now),
                "openFaults", counts.get("faults"),
                "openServices", counts.get("services"),
                "quarantined", counts.get("quarantined"),
                "transactions", Sql.first(connection, TRANSACTIONS).orElseThrow(),
                "problems", Row.with("errors", errors, "warnings", found.size() - errors),
                "minutes", minutes(connection, now),
                "lastSaleAt", counts.get("sale"));
    }

    private Row machines(Connection connection, Instant now) throws SQLException {
        var counts = machines.counts(connection, now);
        var row = Row.with(
                "total", counts.values().stream().mapToLong(Long::longValue).sum());
        for (var state : List.of("serving", "ready", "faulty", "silent", "unknown")) {
            row.put(state, counts.getOrDefault(state, 0L));
        }
        return row;
    }

    private static List<Row> minutes(Connection connection, Instant now) throws SQLException {
        var first = now.truncatedTo(ChronoUnit.MINUTES).minus(59, ChronoUnit.MINUTES);
        var found = new HashMap<String, Row>();
        for (var row : Sql.rows(connection, MINUTES, first)) {
            found.put(row.text("minute"), row);
        }
        var minutes = new ArrayList<Row>();
        for (var i = 0; i < 60; i++) {
            var minute = first.plus(i, ChronoUnit.MINUTES).toString();
            minutes.add(found.getOrDefault(minute, Row.with("minute", minute, "cups", 0, "revenue", "0")));
        }
        return minutes;
    }
}
