package io.crema.projections.read;

import io.crema.projections.read.Page.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What was paid out on chain, and what is on its way there. */
public final class Redemptions {
    private static final String LIST = """
            SELECT d.id AS "id", d.channel AS "channel", a.machine AS "machine", d.customer AS "customer",
                d.payee AS "payee", d.amount AS "amount", d.total AS "total", d.sequence AS "sequence",
                d.status AS "status", d.stage AS "stage", d.reason AS "reason", d.note AS "note",
                d.decided_at AS "decidedAt", d.block_time AS "time", d.transaction_hash AS "transactionHash",
                d.block_number AS "blockNumber", d.gas_used AS "gasUsed", d.fee_wei AS "feeWei",
                d.shared_by AS "sharedBy", d.sort_time AS "keyTime"
            FROM redemption d
            LEFT JOIN LATERAL (
                SELECT machine FROM agreement_log a WHERE a.channel = d.channel AND a.kind = 'RENTAL' AND NOT a.reversed
                LIMIT 1
            ) a ON true
            """;
    private static final Order NEWEST = Order.descending("keyTime", "timestamptz", "id", "text");

    private final Directory names;

    public Redemptions(Directory names) {
        this.names = names;
    }

    public Page list(Connection connection, Optional<byte[]> channel, Optional<String> status, Page.Request request)
            throws SQLException {
        return shown(Page.read(
                connection,
                LIST
                        + (channel.isPresent() ? " WHERE d.channel = ?" : " WHERE ?::bytea IS NULL")
                        + (status.isPresent() ? " AND d.status = ?" : " AND ?::text IS NULL"),
                NEWEST,
                request,
                channel.orElse(null),
                status.orElse(null)));
    }

    /** The newest of each of these channels. */
    List<Row> some(Connection connection, byte[][] channels) throws SQLException {
        return shown(Page.read(
                        connection,
                        "SELECT DISTINCT ON (\"channel\") * FROM (%s WHERE d.channel = ANY (?)) x ORDER BY \"channel\", \"keyTime\" DESC"
                                .formatted(LIST),
                        NEWEST,
                        Page.Request.first(1000),
                        connection.createArrayOf("bytea", channels)))
                .items();
    }

    private Page shown(Page page) {
        for (var row : page.items()) {
            row.put("machine", names.machine(row.textOrNull("machine")));
            row.put("customer", names.party(row.textOrNull("customer")));
            row.put("payee", names.party(row.textOrNull("payee")));
        }
        return page;
    }
}
