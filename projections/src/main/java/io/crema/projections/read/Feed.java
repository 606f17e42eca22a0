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
import java.util.Set;
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
     * @param complete false when there was more of some kind than asked for: the rest is left out
     */
    public record Changes(List<Event> events, Position to, boolean complete) {}

    public Feed(Directory names) {
        this.sales = new Sales(names);
        this.channels = new Channels(names);
        this.redemptions = new Redemptions(names);
        this.machines = new Machines(names);
        this.services = new Services(names);
    }

    /**
     * @param wanted the names of the events that anyone wants, empty = all; the others are not looked for
     * @param most of each kind of event at most so many
     */
    public Changes since(Connection connection, Position from, Instant now, Set<String> wanted, int most)
            throws SQLException {
        return new Look(connection, from, Positions.read(connection), most, wanted).changes(now);
    }

    /** One look at the tables. */
    private final class Look {
        private final Connection connection;
        private final Position from;
        private final Position to;
        private final int most;
        private final Set<String> wanted;
        private final List<Event> events = new ArrayList<>();
        private boolean complete = true;

        Look(Connection connection, Position from, Position to, int most, Set<String> wanted) {
            this.connection = connection;
            this.from = from;
            this.to = to;
            this.most = most;
            this.wanted = wanted;
        }

        Changes changes(Instant now) throws SQLException {
            if (wants("sale")) {
                add("sale", sales());
            }
            if (wants("balance")) {
                var changed = ids(Topic.BALANCES, "SELECT t.channel AS id FROM balance t %s");
                add("balance", changed.length == 0 ? List.of() : channels.some(connection, changed));
            }
            if (wants("redemption")) {
                var redeemed = redeemed();
                add("redemption", redeemed.length == 0 ? List.of() : redemptions.some(connection, redeemed));
            }
            if (wants("machine")) {
                var moved = moved();
                add("machine", moved.length == 0 ? List.of() : machines.some(connection, now, moved));
            }
            if (wants("service")) {
                var asked = asked();
                add(
                        "service",
                        asked.length == 0
                                ? List.of()
                                : services.some(connection, asked).items());
            }
            return new Changes(List.copyOf(events), to, complete);
        }

        private byte[][] redeemed() throws SQLException {
            return concat(
                    ids(Topic.CHAIN_CHANNELS, "SELECT t.channel AS id FROM channel_log t %s WHERE t.kind = 'REDEEMED'"),
                    ids(Topic.INTENTS, "SELECT t.subject AS id FROM intent t %s WHERE t.kind = 'REDEEM'"),
                    ids(Topic.OUTCOMES, "SELECT t.subject AS id FROM outcome t %s"),
                    ids(Topic.TRANSACTIONS, "SELECT unnest(t.subjects) AS id FROM transaction_version t %s"));
        }

        private byte[][] moved() throws SQLException {
            return concat(
                    ids(Topic.MACHINE_TWINS, "SELECT t.machine AS id FROM machine_twin t %s"),
                    ids(Topic.MACHINE_EVENTS, "SELECT t.machine AS id FROM fault t %s"),
                    ids(Topic.CHAIN_AGREEMENTS, "SELECT t.machine AS id FROM agreement_log t %s"),
                    ids(Topic.MACHINE_HOURS, "SELECT t.machine AS id FROM machine_hour t %s"));
        }

        private byte[][] asked() throws SQLException {
            return concat(
                    ids(Topic.SERVICE_REQUESTS, "SELECT t.request AS id FROM service_request t %s"),
                    ids(
                            Topic.CHAIN_AGREEMENTS,
                            "SELECT t.agreement AS id FROM agreement_log t %s WHERE t.kind = 'SERVICE_REQUESTED'"),
                    ids(
                            Topic.MACHINE_EVENTS,
                            "SELECT s.request AS id FROM fault t %s JOIN service_request s ON s.fault = t.fault"));
        }

        private List<Row> sales() throws SQLException {
            if (!hasMoved(Topic.RECEIPTS)) {
                return List.of();
            }
            var sql = Sales.COLUMNS.replace("FROM receipt r", "FROM receipt t " + CHANGED)
                    + " ORDER BY t.logged_at, t.src_partition, t.src_offset LIMIT ?";
            return sales.shown(bounded(Sql.rows(
                    connection, sql, partitions(from, Topic.RECEIPTS), offsets(from, Topic.RECEIPTS), most + 1)));
        }

        private byte[][] ids(Topic topic, String sql) throws SQLException {
            if (!hasMoved(topic)) {
                return new byte[0][];
            }
            var rows = bounded(Sql.rows(
                    connection,
                    "SELECT DISTINCT id FROM (" + sql.formatted(CHANGED) + ") changed LIMIT ?",
                    partitions(from, topic),
                    offsets(from, topic),
                    most + 1));
            return rows.stream().map(row -> Hex.decode("id", row.text("id"))).toArray(byte[][]::new);
        }

        private List<Row> bounded(List<Row> rows) {
            complete &= rows.size() <= most;
            return rows.size() <= most ? rows : rows.subList(0, most);
        }

        private boolean hasMoved(Topic topic) {
            return Arrays.stream(to.partitions(topic))
                    .anyMatch(partition -> to.next(topic, partition) > from.next(topic, partition));
        }

        private boolean wants(String event) {
            return wanted.isEmpty() || wanted.contains(event);
        }

        private void add(String name, List<Row> rows) {
            rows.forEach(row -> events.add(new Event(name, row)));
        }
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
}
