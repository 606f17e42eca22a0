package io.crema.streams.records;

import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record as the first processor must: bytes that are no record of ours, and a key or partition that contradicts
 * the content, are told, never thrown.
 */
public sealed interface Inbound {

    /** The record and its key fit together. */
    record Good(SpecificRecord value) implements Inbound {}

    /** For quarantine. @param reason a code @param detail what was wrong, the value, what was expected */
    record Bad(String reason, String detail) implements Inbound {}

    /**
     * @param topic it came from: a record type that the catalogue does not name there is nobody's to write there
     * @param partitions of the topic
     */
    static Inbound read(Topic topic, byte @Nullable [] key, byte @Nullable [] value, int partition, int partitions) {
        if (value == null) {
            return new Bad("NO_VALUE", "an event without a value");
        }
        if (value.length > ReceiptRuns.MOST_BYTES) {
            return new Bad(
                    "TOO_LARGE", "%d bytes, expected at most %d".formatted(value.length, ReceiptRuns.MOST_BYTES));
        }
        SpecificRecord record;
        try {
            record = RecordCodec.perThread().decode(value);
        } catch (RecordFormatException e) {
            return new Bad("UNDECODABLE", String.valueOf(e.getMessage()));
        }
        if (!topic.records().contains(record.getClass())) {
            return new Bad(
                    "UNEXPECTED_TYPE",
                    "%s does not belong into %s".formatted(record.getSchema().getFullName(), topic));
        }
        var subject = Subjects.of(record);
        if (key == null || subject.filter(bytes -> !Arrays.equals(bytes, key)).isPresent()) {
            return new Bad(
                    "WRONG_KEY",
                    "the key is %s, the content is of %s"
                            .formatted(Subjects.shown(Optional.ofNullable(key)), Subjects.shown(subject)));
        }
        var expected = Partitions.of(key, partitions);
        if (partition != expected) {
            return new Bad(
                    "WRONG_PARTITION",
                    "in partition %d, but of %d partitions the key belongs to %d"
                            .formatted(partition, partitions, expected));
        }
        return new Good(record);
    }
}
