package io.crema.projections.read;

import io.crema.contracts.value.Hex;
import io.crema.projections.read.Page.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What customers spend. Days are UTC, by the time of the sale. */
public final class Customers {
    private static final String LIST = """
            SELECT c.customer AS "address", c.channels AS "channels", c.deposited AS "deposited", c.accepted AS "spent",
                c.redeemed AS "redeemed", c.deposited - c.accepted AS "credit", c.receipts::bigint AS "cups",
                coalesce(t.cups, 0) AS "todayCups", coalesce(t.spent, 0) AS "todaySpent",
                n.day AS "newestDay", n.cups AS "newestCups", n.spent AS "newestSpent"
            FROM (
                SELECT customer, count(*) AS channels, sum(deposited) AS deposited, sum(accepted) AS accepted,
                    sum(redeemed) AS redeemed, sum(receipts) AS receipts
                FROM balance WHERE customer IS NOT NULL GROUP BY customer
            ) c
            LEFT JOIN customer_day t ON t.customer = c.customer AND t.day = ?::date
            LEFT JOIN LATERAL (
                SELECT * FROM customer_day d WHERE d.customer = c.customer ORDER BY d.day DESC LIMIT 1
            ) n ON true
            """;
    private static final Order MOST_SPENT = Order.descending("spent", "numeric", "address", "bytea");

    private final Directory names;

    public Customers(Directory names) {
        this.names = names;
    }

    public Page list(Connection connection, Instant now, Page.Request request) throws SQLException {
        var today = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        var page = Page.read(connection, LIST, MOST_SPENT, request, today);
        for (var row : page.items()) {
            row.put("name", names.name(row.text("address")));
            row.put(
                    "today",
                    Row.with("day", today, "cups", row.remove("todayCups"), "spent", row.remove("todaySpent")));
            var day = row.remove("newestDay");
            var cups = row.remove("newestCups");
            var spent = row.remove("newestSpent");
            row.put("newestDay", day == null ? null : Row.with("day", day, "cups", cups, "spent", spent));
        }
        return page;
    }

    /** Newest day first; empty when the log knows no such customer. */
    public Optional<Row> days(Connection connection, byte[] customer, @Nullable LocalDate from, @Nullable LocalDate to)
            throws SQLException {
        var known = Sql.first(
                connection,
                "SELECT 1 AS known FROM balance WHERE customer = ? UNION SELECT 1 FROM customer_day WHERE customer = ? UNION SELECT 1 FROM agreement_log WHERE customer = ?",
                customer,
                customer,
                customer);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var items = Sql.rows(
                connection, """
                SELECT day AS "day", cups AS "cups", spent AS "spent" FROM customer_day
                WHERE customer = ? AND day >= coalesce(?::date, '-infinity') AND day <= coalesce(?::date, 'infinity')
                ORDER BY day DESC
                """, customer, from == null ? null : from.toString(), to == null ? null : to.toString());
        return Optional.of(Row.with("customer", names.party(Hex.encode(customer)), "items", items));
    }
}
