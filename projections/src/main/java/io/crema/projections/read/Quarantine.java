package io.crema.projections.read;

import io.crema.projections.read.Page.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Refused records as the API shows them. */
public final class Quarantine {
    private static final String LIST = """
            SELECT topic AS "topic", partition AS "partition", record_offset AS "offset", reason AS "reason",
                detail AS "detail", sequence AS "sequence", refused_by AS "refusedBy", refused_at AS "time",
                value_hash AS "valueHash", value_bytes AS "valueBytes", src_partition AS "keyPartition",
                src_offset AS "keyOffset"
            FROM quarantined
            """;
    private static final Order NEWEST =
            Order.descending("time", "timestamptz", "keyPartition", "int", "keyOffset", "bigint");
    private static final Map<String, String> WORDS = Map.of(
            "BAD_SIGNATURE", "the signature is not by the key that it names",
            "WRONG_KEY", "the record's key contradicts its content",
            "WRONG_PARTITION", "the record lies in a partition that its key does not belong to",
            "UNREADABLE", "the bytes are no record of ours",
            "BAD_HISTORY", "the history does not follow from the sales before it",
            "BAD_TOTAL", "the total does not follow from the price",
            "BAD_BADGE", "the badge does not allow this receipt",
            "FORK", "another receipt with the same sequence was accepted before");

    private Quarantine() {}

    public static Page list(Connection connection, Page.Request request) throws SQLException {
        var page = Page.read(connection, LIST, NEWEST, request);
        page.items().forEach(row -> row.put("sentence", sentence(row)));
        return page;
    }

    private static String sentence(Row row) {
        var why = WORDS.getOrDefault(
                row.text("reason"),
                row.text("reason").toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        var sequence = row.get("sequence") == null ? "" : ", receipt " + row.get("sequence");
        return "%s refused offset %s of %s%s: %s."
                .formatted(row.text("refusedBy"), row.text("offset"), row.text("topic"), sequence, why);
    }
}
