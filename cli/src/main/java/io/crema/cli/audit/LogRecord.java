package io.crema.cli.audit;

import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One committed record of the log with its place, as it stands there. */
record LogRecord(Topic topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] bytes) {

    /** What it says; empty where the bytes are no record of ours. */
    Optional<SpecificRecord> value() {
        try {
            return Optional.of(RecordCodec.perThread().decode(bytes));
        } catch (RecordFormatException e) {
            return Optional.empty();
        }
    }

    /** As a person finds it again. */
    String place() {
        return "%s, partition %d, offset %d".formatted(topic, partition, offset);
    }
}
