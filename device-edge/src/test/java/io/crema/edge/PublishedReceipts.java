package io.crema.edge;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ReceiptRun;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a channel's machine has brought into the log. */
public final class PublishedReceipts {
    private PublishedReceipts() {}

    /** Every receipt of a channel in the log, in its order, with repeats. */
    public static List<SignedReceipt> of(ChannelId channel, EmbeddedBroker broker, int partitions) {
        var settings = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition =
                    new TopicPartition(Topic.EDGE_RECEIPTS.topicName(), Partitions.of(channel.bytes(), partitions));
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var found = new ArrayList<SignedReceipt>();
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (Arrays.equals(record.key(), channel.bytes())) {
                        found.addAll(ReceiptRuns.fromRecord(
                                RecordCodec.perThread().decode(record.value(), ReceiptRun.class)));
                    }
                }
            }
            return found;
        }
    }
}
