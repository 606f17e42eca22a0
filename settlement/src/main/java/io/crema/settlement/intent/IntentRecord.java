package io.crema.settlement.intent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of the intents' topic as it lies there. Its bytes are not copied and must not be changed.
 *
 * @param time the log's time
 */
public record IntentRecord(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, Instant time) {}
