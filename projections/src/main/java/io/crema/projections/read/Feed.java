package io.crema.projections.read;

import io.crema.contracts.value.Hex;
import io.crema.projections.store.Position;
import io.crema.projections.store.Positions;
import io.crema.schemas.topic.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has changed in the tables since a position, as events. It is read from the rows themselves, so a client can
 * resume whichever instance it comes back to, and after any restart.
 */
public final class Feed {
    private static final String CHANGED =
            "JOIN unnest(?::int[], ?::bigint[]) AS p (part, seen) ON t.src_partition = p.part AND t.src_offset >= p.seen";

    private final Sales sales;
    private final Channels channels;
    private final Redemptions redemptions;
    private final Machines machines;
    private final Services services;

    /** One event: its name, and what the API would show. */
    public record Event(String name, Row data) {}

    /**
     * @param to where the tables stand; a client that has all events is there
     * @param complete false when there were more sales than asked for: the newest are left out
     */
    public record Changes(List<Event> events, Position to, boolean complete) {}

    public Feed(Directory names) {
        this.sales = new Sales(names);
        this.channels = new Channels(names);
        this.redemptions = new Redemptions(names);
        this.machines = new Machines(names);
        this.services = new Services(names);
    }

    /** @param mostSales of each kind of event at most so many */
    public Changes since(Connection connection, Position from, Instant now, int mostSales) throws SQLException {
        var to = Positions.read(connection);
        var events = new ArrayList<Event>();
        var sold = sales(connection, from, mostSales + 1);
        var complete = sold.size() <= mostSales;
        add(events, "sale", complete ? sold : sold.subList(0, mostSales));
        var balances = ids(connection, from, Topic.BALANCES, "SELECT t.channel AS id FROM balance t %s");
        add(events, "balance", balances.length == 0 ? List.of() : channels.some(connection, balances));
        var redeemed = concat(
                ids(
                        connection,
                        from,
                        Topic.CHAIN_CHANNELS,
                        "SELECT t.channel AS id FROM channel_log t %s WHERE t.kind = 'REDEEMED'"),
                ids(connection, from, Topic.INTENTS, "SELECT t.subject AS id FROM intent t %s WHERE t.kind = 'REDEEM'"),
                ids(connection, from, Topic.OUTCOMES, "SELECT t.subject AS id FROM outcome t %s"),
                ids(
                        connection,
                        from,
                        Topic.TRANSACTIONS,
                        "SELECT unnest(t.subjects) AS id FROM transaction_version t %s"));
        add(events, "redemption", redeemed.length == 0 ? List.of() : redemptions.some(connection, redeemed));
        var moved = concat(
                ids(connection, from, Topic.MACHINE_TWINS, "SELECT t.machine AS id FROM machine_twin t %s"),
                ids(connection, from, Topic.MACHINE_EVENTS, "SELECT t.machine AS id FROM fault t %s"),
                ids(connection, from, Topic.CHAIN_AGREEMENTS, "SELECT t.machine AS id FROM agreement_log t %s"),
                ids(connection, from, Topic.MACHINE_HOURS, "SELECT t.machine AS id FROM machine_hour t %s"));
        add(events, "machine", moved.length == 0 ? List.of() : machines.some(connection, now, moved));
        var asked = concat(
                ids(connection, from, Topic.SERVICE_REQUESTS, "SELECT t.request AS id FROM service_request t %s"),
                ids(
                        connection,
                        from,
                        Topic.CHAIN_AGREEMENTS,
                        "SELECT t.agreement AS id FROM agreement_log t %s WHERE t.kind = 'SERVICE_REQUESTED'"),
                ids(
                        connection,
                        from,
                        Topic.MACHINE_EVENTS,
                        "SELECT s.request AS id FROM fault t %s JOIN service_request s ON s.fault = t.fault"));
        add(
                events,
                "service",
                asked.length == 0 ? List.of() : services.some(connection, asked).items());
        return new Changes(List.copyOf(events), to, complete);
    }

    private List<Row> sales(Connection connection, Position from, int limit) throws SQLException {
        var sql = Sales.COLUMNS.replace("FROM receipt r", "FROM receipt t " + CHANGED)
                + " ORDER BY t.logged_at, t.src_partition, t.src_offset LIMIT ?";
        return sales.shown(
                Sql.rows(connection, sql, partitions(from, Topic.RECEIPTS), offsets(from, Topic.RECEIPTS), limit));
    }

    private static byte[][] ids(Connection connection, Position from, Topic topic, String sql) throws SQLException {
        var rows = Sql.rows(
                connection,
                "SELECT DISTINCT id FROM (" + sql.formatted(CHANGED) + ") changed LIMIT 1000",
                partitions(from, topic),
                offsets(from, topic));
        return rows.stream().map(row -> Hex.decode("id", row.text("id"))).toArray(byte[][]::new);
    }

    private static Integer[] partitions(Position from, Topic topic) {
        return Arrays.stream(from.partitions(topic)).boxed().toArray(Integer[]::new);
    }

    private static Long[] offsets(Position from, Topic topic) {
        return Arrays.stream(from.partitions(topic))
                .mapToObj(partition -> from.next(topic, partition))
                .toArray(Long[]::new);
    }

    private static byte[][] concat(byte[][]... several) {
        return Stream.of(several).flatMap(Stream::of).toArray(byte[][]::new);
    }

    private static void add(List<Event> events, String name, List<Row> rows) {
        rows.forEach(row -> events.add(new Event(name, row)));
    }
}
