package io.crema.simulation.world;

import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** Reads what is committed to a topic, each record once. Not thread-safe. */
final class Tail {
    private final SimulatedLog log;
    private final Topic topic;
    private final long[] next;

    Tail(SimulatedLog log, Topic topic) {
        this.log = log;
        this.topic = topic;
        this.next = new long[log.partitions(topic.topicName())];
    }

    /** What was committed since the last call. */
    List<StoredRecord> fresh() {
        List<StoredRecord> records = new ArrayList<>();
        for (var partition = 0; partition < next.length; partition++) {
            var fetched = log.read(new Place(topic.topicName(), partition), next[partition], Integer.MAX_VALUE);
            records.addAll(fetched.records());
            next[partition] = fetched.next();
        }
        return records;
    }

    /** The same, decoded; only those of the type. */
    <T extends SpecificRecord> List<T> fresh(Class<T> type) {
        return fresh().stream()
                .map(record -> RecordCodec.perThread().decode(Objects.requireNonNull(record.value())))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
