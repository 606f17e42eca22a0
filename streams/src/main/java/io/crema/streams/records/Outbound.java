package io.crema.streams.records;

import io.crema.contracts.crypto.Keccak;
import io.crema.events.Quarantined;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.RecordCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends records on to the sinks of a topology, encoded and with CloudEvents headers. One per processor. */
public final class Outbound {
    /** Quarantine must hold whatever comes, so what it says of a record is bounded. */
    private static final int MOST_DETAIL = 1_000;

    private static final int MOST_KEY = 256;

    /** Of a record, below what producers and brokers take. */
    static final int MOST_BYTES = 900_000;

    private final ProcessorContext<byte[], byte[]> context;
    private final String source;
    private final Consumer<String> refused;
    private final String quarantine;

    /** @param source the service as CloudEvents names it, such as /streams/balances */
    public Outbound(ProcessorContext<byte[], byte[]> context, String source) {
        this(context, source, sink(Topic.QUARANTINE), reason -> {});
    }

    /** @param refused is told the reason of each quarantine */
    public Outbound(ProcessorContext<byte[], byte[]> context, String source, Consumer<String> refused) {
        this(context, source, sink(Topic.QUARANTINE), refused);
    }

    /** @param quarantine the sink for what is refused, where it is not the topology's usual one */
    public Outbound(ProcessorContext<byte[], byte[]> context, String source, String quarantine) {
        this(context, source, quarantine, reason -> {});
    }

    private Outbound(
            ProcessorContext<byte[], byte[]> context, String source, String quarantine, Consumer<String> refused) {
        this.context = context;
        this.source = source;
        this.quarantine = quarantine;
        this.refused = refused;
    }

    /** The name of a topic's sink in every topology. */
    public static String sink(Topic topic) {
        return "to-" + topic.topicName().replace('.', '-');
    }

    /** @param id the same for a repeat of the same event */
    public void send(Topic topic, byte[] key, SpecificRecord value, String id, Instant time) {
        var bytes = RecordCodec.perThread().encode(topic, value);
        if (bytes.length > MOST_BYTES) {
            // The producer would refuse it later, when nobody could tell any more which record it came from.
            throw new IllegalStateException("%s of %d bytes for %s, expected at most %d"
                    .formatted(value.getSchema().getName(), bytes.length, topic, MOST_BYTES));
        }
        var headers = CloudEvents.headers(value, id, source, key, time);
        var sink = topic == Topic.QUARANTINE ? quarantine : sink(topic);
        context.forward(new Record<>(key, bytes, time.toEpochMilli(), headers), sink);
    }

    /** To a repartition topic of the topology's own. */
    public void pass(String child, byte[] key, SpecificRecord value, long timestamp) {
        context.forward(new Record<>(key, RecordCodec.perThread().encode(value), timestamp), child);
    }

    /** Quarantines a record as it came. */
    public void quarantine(
            byte @Nullable [] key,
            byte @Nullable [] value,
            RecordMetadata origin,
            Instant time,
            String reason,
            String detail) {
        var bytes = value == null ? new byte[0] : value;
        quarantine(
                key,
                new Quarantined(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        key == null ? null : ByteBuffer.wrap(bounded(key)),
                        bytes.length > ReceiptRuns.MOST_BYTES ? null : ByteBuffer.wrap(bytes),
                        Convert.bytes32(Keccak.hash(bytes)),
                        reason,
                        detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) + "…" : detail,
                        null,
                        service(),
                        time));
    }

    /** Quarantines; the key is that of the refused record. */
    public void quarantine(byte @Nullable [] key, Quarantined quarantined) {
        var id = "%s:%d:%d%s"
                .formatted(
                        quarantined.getTopic(),
                        quarantined.getPartition(),
                        quarantined.getOffset(),
                        quarantined.getSequence() == null ? "" : ":" + quarantined.getSequence());
        refused.accept(quarantined.getReason());
        send(Topic.QUARANTINE, key == null ? new byte[0] : bounded(key), quarantined, id, quarantined.getTime());
    }

    /** No key of ours is that long; of one that is, the hash names it. */
    private static byte[] bounded(byte[] key) {
        return key.length > MOST_KEY ? Keccak.hash(key).bytes() : key;
    }

    /** Which service refuses. */
    public String service() {
        return source.substring(1);
    }
}
