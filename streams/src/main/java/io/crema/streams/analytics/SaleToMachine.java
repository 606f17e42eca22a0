package io.crema.streams.analytics;

import io.crema.events.ReceiptAccepted;
import io.crema.schemas.wire.RecordCodec;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Brings each accepted receipt to its machine; one whose sale was erased counts no more. */
final class SaleToMachine extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    @Override
    public void process(Record<byte[], byte[]> record) {
        var accepted = RecordCodec.perThread().decode(record.value(), ReceiptAccepted.class);
        if (accepted.getSale() != null) {
            context().forward(record.withKey(accepted.getSale().getMachine().bytes()));
        }
    }
}
