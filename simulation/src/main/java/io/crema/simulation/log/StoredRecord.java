package io.crema.simulation.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in a partition.
 *
 * @param key and {@code value}: not copied, must not be changed
 * @param time of the record, as its producer or the log set it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredRecord(
        String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, Instant time) {}
