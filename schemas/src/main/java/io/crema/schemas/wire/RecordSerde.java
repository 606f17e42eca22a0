package io.crema.schemas.wire;

import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka serdes for values. Serialisers refuse a record that the topic's catalogue entry does not name (topics outside
 * the catalogue, such as changelogs, take any record). Tombstones stay null. Thread-safe.
 */
public final class RecordSerde {
    private RecordSerde() {}

    /** For one record type; reading another type is a {@link RecordFormatException}. */
    public static <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom(
                RecordSerde::encode,
                (topic, bytes) ->
                        bytes == null ? absent() : RecordCodec.perThread().decode(bytes, type));
    }

    /** For topics with several record types. */
    public static Serde<SpecificRecord> any() {
        return Serdes.serdeFrom(serializer(), deserializer());
    }

    public static Serializer<SpecificRecord> serializer() {
        return RecordSerde::encode;
    }

    public static Deserializer<SpecificRecord> deserializer() {
        return (topic, bytes) ->
                bytes == null ? absent() : RecordCodec.perThread().decode(bytes);
    }

    private static byte @Nullable [] encode(String topicName, @Nullable SpecificRecord record) {
        if (record == null) {
            return null;
        }
        var codec = RecordCodec.perThread();
        return Topic.named(topicName).map(topic -> codec.encode(topic, record)).orElseGet(() -> codec.encode(record));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Kafka's tombstones are null
    private static <T> T absent() {
        return null;
    }
}
