package io.crema.projections.read;

import io.crema.projections.read.Page.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Service requests as the API shows them. */
public final class Services {
    private static final String LIST = """
            SELECT request AS "id", machine AS "machine", fault AS "fault", rule AS "rule", description AS "description",
                opened_at AS "openedAt", status AS "status", requested_at AS "requestedAt",
                transaction_hash AS "transactionHash", cleared_at AS "faultClearedAt", note AS "note"
            FROM service
            """;
    private static final Order NEWEST = Order.descending("openedAt", "timestamptz", "id", "bytea");

    private final Directory names;

    public Services(Directory names) {
        this.names = names;
    }

    public Page list(Connection connection, Optional<byte[]> machine, Page.Request request) throws SQLException {
        var page = Page.read(
                connection,
                LIST + (machine.isPresent() ? " WHERE machine = ?" : " WHERE ?::bytea IS NULL"),
                NEWEST,
                request,
                machine.orElse(null));
        page.items().forEach(row -> row.put("machine", names.machine(row.textOrNull("machine"))));
        return page;
    }

    Page some(Connection connection, byte[][] requests) throws SQLException {
        var page = Page.read(
                connection,
                LIST + " WHERE request = ANY (?)",
                NEWEST,
                Page.Request.first(1000),
                connection.createArrayOf("bytea", requests));
        page.items().forEach(row -> row.put("machine", names.machine(row.textOrNull("machine"))));
        return page;
    }
}
