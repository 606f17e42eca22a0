package io.crema.edge.publish;

import io.crema.edge.journal.Position;
import io.crema.schemas.topic.Topic;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record on its way to the log.
 *
 * @param key the raw key bytes; owned by this value
 * @param id of the CloudEvent
 * @param end behind the last entry that it carries
 * @param count how many entries it carries
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Parcel(
        Topic topic, byte[] key, SpecificRecord record, String id, Instant time, Position end, long count) {}
