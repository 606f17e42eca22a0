package io.crema.projections.read;

import io.crema.projections.read.Page.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Channels and their balances as the API shows them. */
public final class Channels {
    private static final String LIST = """
            SELECT channel AS "id", customer AS "customer", payee AS "payee", channel_index AS "index",
                served_by AS "machine", status AS "status", deposited AS "deposited", accepted AS "accepted",
                receipts AS "receipts", newest_sequence AS "newestSequence", redeemed AS "redeemed",
                greatest(accepted - redeemed, 0) AS "outstanding", deposited - accepted AS "credit",
                waiting AS "waiting", waiting_receipts AS "waitingReceipts", waiting_reason AS "waitingReason",
                redeeming AS "redeeming", ahead AS "ahead", forked AS "forked", close_at AS "closeAt",
                unredeemed_since AS "unredeemedSince", updated_at AS "updatedAt"
            FROM channel_known
            """;
    private static final Order NEWEST = Order.descending("updatedAt", "timestamptz", "id", "bytea");

    private final Directory names;
    private final Sales sales;
    private final Redemptions redemptions;

    public Channels(Directory names) {
        this.names = names;
        this.sales = new Sales(names);
        this.redemptions = new Redemptions(names);
    }

    public Page list(Connection connection, Optional<byte[]> customer, Page.Request request) throws SQLException {
        return shown(Page.read(
                connection,
                LIST + (customer.isPresent() ? " WHERE customer = ?" : " WHERE ?::bytea IS NULL"),
                NEWEST,
                request,
                customer.orElse(null)));
    }

    /** Those of these ids that are known. */
    public List<Row> some(Connection connection, byte[][] ids) throws SQLException {
        return shown(Page.read(
                        connection,
                        LIST + " WHERE channel = ANY (?)",
                        NEWEST,
                        Page.Request.first(1000),
                        connection.createArrayOf("bytea", ids)))
                .items();
    }

    public Optional<Row> detail(Connection connection, byte[] id) throws SQLException {
        var found = some(connection, new byte[][] {id}).stream().findFirst();
        if (found.isPresent()) {
            var channel = found.get();
            var deposits = Sql.rows(connection, """
                    SELECT kind AS "kind", amount AS "amount", deposited AS "deposited", block_time AS "time",
                        transaction_hash AS "transactionHash", block_number AS "blockNumber"
                    FROM channel_log WHERE channel = ? AND kind IN ('OPENED', 'TOPPED_UP') AND NOT reversed
                    ORDER BY block_number, log_index
                    """, id);
            var opened = Sql.first(connection, """
                    SELECT block_time AS "openedAt", period_minutes AS "periodMinutes" FROM channel_log
                    WHERE channel = ? AND kind = 'OPENED' AND NOT reversed
                    """, id);
            channel.put("openedAt", opened.map(row -> row.get("openedAt")).orElse(null));
            channel.put(
                    "periodMinutes", opened.map(row -> row.get("periodMinutes")).orElse(null));
            channel.put("deposits", deposits);
            channel.put(
                    "redemptions",
                    redemptions
                            .list(connection, Optional.of(id), Optional.empty(), Page.Request.first(50))
                            .items());
            channel.put(
                    "sales",
                    sales.list(connection, Optional.empty(), Optional.of(id), Page.Request.first(20))
                            .items());
        }
        return found;
    }

    private Page shown(Page page) {
        for (var row : page.items()) {
            row.put("customer", names.party(row.textOrNull("customer")));
            row.put("payee", names.party(row.textOrNull("payee")));
            row.put("machine", names.machine(row.textOrNull("machine")));
        }
        return page;
    }
}
