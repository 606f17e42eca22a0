package io.crema.projections.fold;

import io.crema.events.ReceiptAccepted;
import io.crema.schemas.topic.Topic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accepted receipts, and what they add up to by customer and day, and by machine. The sums are fed by the rows that
 * are new, in the same statement, so that a receipt counts once even if the log held it twice. Not thread-safe.
 */
final class Receipts implements Fold {
    private static final String[] TYPES = {
        "bytea",
        "bigint",
        "numeric",
        "bytea",
        "bytea",
        "bytea",
        "numeric",
        "numeric",
        "bigint",
        "timestamptz",
        "bytea",
        "bytea",
        "boolean",
        "timestamptz",
        "int",
        "bigint"
    };
    private static final String WRITE = """
            WITH added AS (
                INSERT INTO receipt
                SELECT * FROM unnest(?::bytea[], ?::bigint[], ?::numeric[], ?::bytea[], ?::bytea[], ?::bytea[],
                    ?::numeric[], ?::numeric[], ?::bigint[], ?::timestamptz[], ?::bytea[], ?::bytea[], ?::boolean[],
                    ?::timestamptz[], ?::int[], ?::bigint[])
                ON CONFLICT DO NOTHING
                RETURNING customer, machine, price - credit AS amount, sale_time, logged_at
            ), days AS (
                INSERT INTO customer_day AS d
                SELECT customer, (sale_time AT TIME ZONE 'UTC')::date, count(*), sum(amount)
                FROM added WHERE sale_time IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
                ON CONFLICT (customer, day)
                DO UPDATE SET cups = d.cups + excluded.cups, spent = d.spent + excluded.spent
            )
            INSERT INTO machine_total AS m
            SELECT machine, count(*), sum(amount), max(sale_time), max(logged_at)
            FROM added WHERE machine IS NOT NULL GROUP BY 1 ORDER BY 1
            ON CONFLICT (machine) DO UPDATE SET cups = m.cups + excluded.cups, revenue = m.revenue + excluded.revenue,
                last_sale_at = greatest(m.last_sale_at, excluded.last_sale_at),
                last_logged_at = greatest(m.last_logged_at, excluded.last_logged_at)
            """;

    private final List<@Nullable Object[]> rows = new ArrayList<>();

    @Override
    public Topic topic() {
        return Topic.RECEIPTS;
    }

    @Override
    public void fold(Sourced source, Batch batch) {
        if (!(source.record() instanceof ReceiptAccepted receipt)) {
            throw ChainLog.unexpected(source);
        }
        var sale = receipt.getSale();
        @Nullable
        Object[] row = {
            receipt.getChannel(),
            receipt.getSequence(),
            receipt.getTotal(),
            receipt.getCustomer(),
            sale == null ? null : sale.getMachine(),
            sale == null ? null : sale.getProduct(),
            sale == null ? null : sale.getPrice(),
            sale == null ? null : sale.getCredit(),
            sale == null ? null : sale.getTariff(),
            sale == null ? null : sale.getTime(),
            receipt.getSaleHash(),
            receipt.getDigest(),
            receipt.getSignatureChecked(),
            source.loggedAt(),
            source.partition(),
            source.offset()
        };
        for (var i = 0; i < row.length; i++) {
            row[i] = Cells.of(row[i]);
        }
        rows.add(row);
    }

    @Override
    public void flush(Batch batch) throws SQLException {
        batch.flush();
        if (rows.isEmpty()) {
            return;
        }
        var connection = batch.connection();
        try (var write = connection.prepareStatement(WRITE)) {
            for (var column = 0; column < TYPES.length; column++) {
                write.setArray(column + 1, connection.createArrayOf(TYPES[column], column(column)));
            }
            write.executeUpdate();
        }
        rows.clear();
    }

    @Override
    public void reset() {
        rows.clear();
    }

    @SuppressWarnings("NullAway") // columns may hold nulls
    private Object[] column(int column) {
        if (TYPES[column].equals("bytea")) {
            var bytes = new byte[rows.size()][];
            for (var i = 0; i < bytes.length; i++) {
                bytes[i] = (byte[]) rows.get(i)[column];
            }
            return bytes;
        }
        var values = new @Nullable Object[rows.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = rows.get(i)[column];
        }
        return values;
    }
}
