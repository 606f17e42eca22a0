package io.crema.projections.read;

import io.crema.projections.read.Page.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Accepted sales as the API shows them. */
public final class Sales {
    static final String COLUMNS = """
            SELECT channel AS "channel", sequence AS "sequence", machine AS "machine", product AS "product",
                customer AS "customer", price AS "price", credit AS "credit", price - credit AS "amount", total AS "total",
                sale_time AS "time", logged_at AS "loggedAt", proven AS "proven"
            FROM receipt r
            """;
    private static final Order NEWEST =
            Order.descending("loggedAt", "timestamptz", "channel", "bytea", "sequence", "bigint");

    private final Directory names;

    public Sales(Directory names) {
        this.names = names;
    }

    public Page list(Connection connection, Optional<byte[]> machine, Optional<byte[]> channel, Page.Request request)
            throws SQLException {
        var page = Page.read(
                connection,
                COLUMNS
                        + (machine.isPresent() ? " WHERE machine = ?" : " WHERE ?::bytea IS NULL")
                        + (channel.isPresent() ? " AND channel = ?" : " AND ?::bytea IS NULL"),
                NEWEST,
                request,
                machine.orElse(null),
                channel.orElse(null));
        page.items().forEach(this::show);
        return page;
    }

    List<Row> shown(List<Row> rows) {
        rows.forEach(this::show);
        return rows;
    }

    private void show(Row row) {
        row.put("machine", names.machine(row.textOrNull("machine")));
        row.put("product", names.product(row.textOrNull("product")));
        row.put("customer", names.party(row.textOrNull("customer")));
    }
}
