package io.crema.projections.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far the log is folded into the tables. Every method runs in the caller's transaction. */
public final class Positions {
    private static final String ADVANCE = """
            UPDATE position p SET next_offset = n.next_offset
            FROM unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[]) AS n (topic, partition, expected, next_offset)
            WHERE p.topic = n.topic AND p.partition = n.partition AND p.next_offset = n.expected
            """;
    private static final String ADD =
            "INSERT INTO position SELECT *, 0 FROM unnest(?::text[], ?::int[]) ON CONFLICT DO NOTHING";

    private Positions() {}

    /** Where the tables stand. */
    public static Position read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT topic, partition, next_offset FROM position");
                var rows = select.executeQuery()) {
            var offsets = new HashMap<TopicPartition, Long>();
            while (rows.next()) {
                offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
            return new Position(offsets);
        }
    }

    /** Makes a row, at offset 0, for each partition that has none. */
    public static void add(Connection connection, Iterable<TopicPartition> partitions) throws SQLException {
        var list = new java.util.ArrayList<TopicPartition>();
        partitions.forEach(list::add);
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "text", list.stream().map(TopicPartition::topic).toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "int", list.stream().map(TopicPartition::partition).toArray()));
            insert.executeUpdate();
        }
    }

    /**
     * Moves the named partitions from where the caller believes they are.
     *
     * @throws StaleWriterException when another writer has moved one meanwhile: nothing of this transaction may stay
     */
    public static void advance(
            Connection connection, Map<TopicPartition, Long> expected, Map<TopicPartition, Long> next)
            throws SQLException {
        // One order for all writers: two of them then wait for each other's rows and never lock crosswise.
        var partitions = next.keySet().stream()
                .sorted(java.util.Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .toList();
        try (var lock = connection.prepareStatement("SELECT 1 FROM position ORDER BY topic, partition FOR UPDATE");
                var update = connection.prepareStatement(ADVANCE)) {
            lock.execute();
            update.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            partitions.stream().map(TopicPartition::topic).toArray()));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "int",
                            partitions.stream().map(TopicPartition::partition).toArray()));
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint",
                            partitions.stream()
                                    .map(p -> expected.getOrDefault(p, 0L))
                                    .toArray()));
            update.setArray(
                    4,
                    connection.createArrayOf(
                            "bigint", partitions.stream().map(next::get).toArray()));
            var moved = update.executeUpdate();
            if (moved != partitions.size()) {
                throw new StaleWriterException("%d of %d positions were moved by another writer"
                        .formatted(partitions.size() - moved, partitions.size()));
            }
        }
    }
}
