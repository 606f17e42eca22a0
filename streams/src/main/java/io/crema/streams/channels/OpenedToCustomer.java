package io.crema.streams.channels;

import io.crema.events.ChannelOpened;
import io.crema.schemas.topic.Topic;
import io.crema.streams.records.Inbound;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Announces opened channels to their customers. What is wrong with a record, the channels' processor tells. */
final class OpenedToCustomer extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final int partitions;

    OpenedToCustomer(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var partition = context().recordMetadata().orElseThrow().partition();
        if (Inbound.read(Topic.CHAIN_CHANNELS, record.key(), record.value(), partition, partitions)
                instanceof Inbound.Good(ChannelOpened opened)) {
            context().forward(record.withKey(opened.getCustomer().bytes()));
        }
    }
}
