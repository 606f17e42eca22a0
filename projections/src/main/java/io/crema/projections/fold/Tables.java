package io.crema.projections.fold;

import io.crema.events.ChainCheckpoint;
import io.crema.events.ChannelBalance;
import io.crema.events.MachineHour;
import io.crema.events.MachineTwin;
import io.crema.events.Reading;
import io.crema.schemas.topic.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Folds of compacted topics: the newest record of a key is its row. */
final class Tables {
    private Tables() {}

    static Fold checkpoints() {
        return new Rows<>(
                Topic.CHAIN_CHECKPOINTS,
                ChainCheckpoint.class,
                Upsert.of("checkpoint", "contract", "block_number, block_hash, logged_at, src_partition, src_offset"),
                (row, source) -> new @Nullable Object[] {
                    row.getContract(),
                    row.getBlockNumber(),
                    row.getBlockHash(),
                    source.loggedAt(),
                    source.partition(),
                    source.offset()
                });
    }

    static Fold balances() {
        return new Rows<>(
                Topic.BALANCES,
                ChannelBalance.class,
                Upsert.of(
                        "balance",
                        "channel",
                        "customer, payee, channel_index, machine, status, deposited, accepted, receipts, newest_sequence, redeemed, waiting, waiting_receipts, waiting_reason, redeeming, ahead, forked, close_at, unredeemed_since, updated_at, src_partition, src_offset"),
                Tables::balance);
    }

    private static @Nullable Object[] balance(ChannelBalance row, Sourced source) {
        var newest = row.getNewest();
        return new @Nullable Object[] {
            row.getChannel(),
            row.getCustomer(),
            row.getPayee(),
            row.getIndex(),
            row.getMachine(),
            row.getStatus(),
            row.getDeposited(),
            row.getAccepted(),
            row.getReceipts(),
            newest == null ? 0L : newest.getSequence(),
            row.getRedeemed(),
            row.getWaiting(),
            row.getWaitingReceipts(),
            row.getWaitingReason(),
            row.getRedeeming(),
            row.getAhead(),
            row.getForked(),
            row.getCloseAt(),
            row.getUnredeemedSince(),
            row.getUpdatedAt(),
            source.partition(),
            source.offset()
        };
    }

    static Fold hours() {
        return new Rows<>(
                Topic.MACHINE_HOURS,
                MachineHour.class,
                Upsert.of("machine_hour", "machine, hour, product", "cups, revenue, src_partition, src_offset"),
                (row, source) -> new @Nullable Object[] {
                    row.getMachine(),
                    row.getHour(),
                    row.getProduct(),
                    row.getCups(),
                    row.getRevenue(),
                    source.partition(),
                    source.offset()
                });
    }

    static Fold twins() {
        return new Rows<>(
                Topic.MACHINE_TWINS,
                MachineTwin.class,
                Upsert.of(
                        "machine_twin",
                        "machine",
                        "readings::jsonb, last_event::jsonb, faults, batch_sequence, last_seen, failures, version, src_partition, src_offset"),
                Tables::twin);
    }

    private static @Nullable Object[] twin(MachineTwin row, Sourced source) {
        var readings = new TreeMap<String, Object>();
        row.getReadings().forEach((quantity, reading) -> readings.put(quantity.toString(), json(reading)));
        var event = row.getLastEvent();
        return new @Nullable Object[] {
            row.getMachine(),
            Cells.json(readings),
            event == null
                    ? null
                    : Cells.json(Map.of(
                            "kind",
                            event.getKind().toString(),
                            "detail",
                            event.getDetail().toString(),
                            "time",
                            event.getTime().toString())),
            row.getFaults().keySet().stream()
                    .map(CharSequence::toString)
                    .sorted()
                    .toArray(String[]::new),
            row.getSequence(),
            row.getLastSeen(),
            row.getFailures(),
            row.getVersion(),
            source.partition(),
            source.offset()
        };
    }

    private static Map<String, Object> json(Reading reading) {
        var json = new LinkedHashMap<String, Object>();
        json.put("quantity", reading.getQuantity().toString());
        json.put("unit", reading.getUnit().toString());
        json.put("value", reading.getValue());
        json.put("time", reading.getTime().toString());
        return json;
    }

    /** How one kind of record becomes one row. */
    @FunctionalInterface
    interface Mapping<T extends SpecificRecord> {
        @Nullable
        Object[] row(T record, Sourced source);
    }

    /** A topic with one kind of record, each of which is one row. */
    record Rows<T extends SpecificRecord>(Topic topic, Class<T> type, String sql, Mapping<T> mapping) implements Fold {
        @Override
        public void fold(Sourced source, Batch batch) throws java.sql.SQLException {
            if (!type.isInstance(source.record())) {
                throw ChainLog.unexpected(source);
            }
            batch.add(sql, mapping.row(type.cast(source.record()), source));
        }
    }
}
