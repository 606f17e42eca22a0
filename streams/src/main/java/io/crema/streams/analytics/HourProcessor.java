package io.crema.streams.analytics;

import io.crema.contracts.value.Hex;
import io.crema.events.MachineHour;
import io.crema.events.ReceiptAccepted;
import io.crema.events.SaleRecord;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.records.Outbound;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Adds each sale to its machine's hour, by the sale's own time: no machine's clock moves anybody else's windows. */
final class HourProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    /** What the record holds: with several channels' amounts near their limit, a sum could be more. */
    private static final BigDecimal MOST = BigDecimal.TEN.pow(29).subtract(BigDecimal.ONE);

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], MachineHour> hours;

    @SuppressWarnings("NullAway.Init")
    private Outbound out;

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        hours = context.getStateStore(AnalyticsTopology.HOURS);
        out = new Outbound(context, AnalyticsTopology.SOURCE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var accepted = RecordCodec.perThread().decode(record.value(), ReceiptAccepted.class);
        var sale = accepted.getSale();
        if (sale == null) {
            return;
        }
        var start = sale.getTime().truncatedTo(ChronoUnit.HOURS);
        var key = key(sale, start);
        var before = hours.get(key);
        var figure = add(before, sale, start);
        hours.put(key, figure);
        var id = Hex.encode(key) + ":" + figure.getCups();
        out.send(Topic.MACHINE_HOURS, key, figure, id, Instant.ofEpochMilli(record.timestamp()));
    }

    private static MachineHour add(@Nullable MachineHour before, SaleRecord sale, Instant start) {
        var revenue = sale.getPrice().subtract(sale.getCredit());
        return new MachineHour(
                sale.getMachine(),
                sale.getProduct(),
                start,
                before == null ? 1 : before.getCups() + 1,
                (before == null ? BigDecimal.ZERO : before.getRevenue())
                        .add(revenue)
                        .min(MOST));
    }

    private static byte[] key(SaleRecord sale, Instant start) {
        return ByteBuffer.allocate(72)
                .put(sale.getMachine().bytes())
                .put(sale.getProduct().bytes())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, start))
                .array();
    }
}
