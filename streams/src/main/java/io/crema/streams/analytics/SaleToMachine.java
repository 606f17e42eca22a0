package io.crema.streams.analytics;

import io.crema.events.ReceiptAccepted;
import io.crema.schemas.topic.Topic;
import io.crema.streams.records.Inbound;
import io.crema.streams.records.Outbound;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Brings each accepted receipt to its machine; one whose sale was erased counts no more. */
final class SaleToMachine extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    static final String SALES = "sales-to-machines";

    private final int partitions;

    @SuppressWarnings("NullAway.Init")
    private Outbound out;

    SaleToMachine(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        out = new Outbound(context, AnalyticsTopology.SOURCE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var origin = context().recordMetadata().orElseThrow();
        switch (Inbound.read(Topic.RECEIPTS, record.key(), record.value(), origin.partition(), partitions)) {
            case Inbound.Good(ReceiptAccepted accepted) -> {
                if (accepted.getSale() != null) {
                    context()
                            .forward(
                                    record.withKey(
                                            accepted.getSale().getMachine().bytes()),
                                    SALES);
                }
            }
            case Inbound.Good good -> {
                // The topic holds no other type.
            }
            case Inbound.Bad bad ->
                out.quarantine(
                        record.key(),
                        record.value(),
                        origin,
                        Instant.ofEpochMilli(record.timestamp()),
                        bad.reason(),
                        bad.detail());
        }
    }
}
