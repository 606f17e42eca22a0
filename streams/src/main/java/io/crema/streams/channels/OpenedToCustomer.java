package io.crema.streams.channels;

import io.crema.events.ChannelOpened;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Announces opened channels to their customers. What is wrong with a record, the channels' processor tells. */
final class OpenedToCustomer extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    @Override
    @SuppressWarnings("NullAway") // Kafka's values may be null
    public void process(Record<byte[], byte @Nullable []> record) {
        var value = record.value();
        if (value == null) {
            return;
        }
        try {
            if (RecordCodec.perThread().decode(value) instanceof ChannelOpened opened) {
                context().forward(record.withKey(opened.getCustomer().bytes()));
            }
        } catch (RecordFormatException e) {
            return;
        }
    }
}
