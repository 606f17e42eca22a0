package io.crema.projections.fold;

import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.schemas.topic.Topic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of chain events share: a row per log, named by block, transaction and index. A reversal marks the
 * row; the log coming back unmarks it.
 */
final class ChainLog {
    static final String KEY = "block_hash, transaction_hash, log_index";
    static final String ORIGIN = "block_number, block_time, contract";
    private static final String REVERSE =
            "UPDATE %s SET reversed = true, src_partition = ?, src_offset = ? WHERE block_hash = ? AND transaction_hash = ? AND log_index = ?";

    private ChainLog() {}

    /** Key and origin, then the columns of {@code first} and {@code rest}, then not reversed and the source. */
    static @Nullable Object[] row(Sourced source, Origin origin, @Nullable Object[] first, @Nullable Object[] rest) {
        var row = new ArrayList<@Nullable Object>();
        row.add(origin.getBlockHash());
        row.add(origin.getTransactionHash());
        row.add(origin.getLogIndex());
        row.add(origin.getBlockNumber());
        row.add(origin.getBlockTime());
        row.add(origin.getContract());
        row.addAll(Arrays.asList(first));
        row.addAll(Arrays.asList(rest));
        row.add(false);
        row.add(source.partition());
        row.add(source.offset());
        return row.toArray();
    }

    static void reverse(String table, LogReversed reversed, Sourced source, Batch batch) throws SQLException {
        var origin = reversed.getOrigin();
        batch.add(
                REVERSE.formatted(table),
                source.partition(),
                source.offset(),
                origin.getBlockHash(),
                origin.getTransactionHash(),
                origin.getLogIndex());
    }

    /** Records of the topic that no table is made of are passed over. */
    static void requireKnown(Topic topic, Sourced source) {
        if (!topic.records().contains(source.record().getClass())) {
            throw unexpected(source);
        }
    }

    static UnfoldableException unexpected(Sourced source) {
        return new UnfoldableException(
                "this topic holds no " + source.record().getSchema().getName());
    }
}
