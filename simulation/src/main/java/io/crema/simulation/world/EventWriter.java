package io.crema.simulation.world;

import io.crema.events.ChainCheckpoint;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.events.ReversibleLog;
import io.crema.ingest.watch.EventLog;
import io.crema.ingest.watch.EventLogUnavailableException;
import io.crema.ingest.watch.LogRecord;
import io.crema.ingest.watch.SupersededException;
import io.crema.ingest.watch.Watched;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.simulation.Connection;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.log.LogWriter;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.StoredRecord;
import io.crema.simulation.log.WriterFencedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The watcher's log on the simulated one: the same records in the same topics as on Kafka. Not thread-safe. */
final class EventWriter implements EventLog {
    private static final Place CHECKPOINTS = new Place(Topic.CHAIN_CHECKPOINTS.topicName(), 0);

    private final SimulatedLog log;
    private final Watched watched;
    private final CrashPoints crash;
    private final Connection broker;
    private @Nullable LogWriter writer;

    EventWriter(SimulatedLog log, Watched watched, CrashPoints crash, Connection broker) {
        this.log = log;
        this.watched = watched;
        this.crash = crash;
        this.broker = broker;
    }

    @Override
    public Optional<ChainCheckpoint> open() {
        available();
        writer = log.writer("ingest-" + watched.paymentProvider());
        crash.point();
        var records = log.read(CHECKPOINTS, 0, Integer.MAX_VALUE).records();
        return records.isEmpty()
                ? Optional.empty()
                : Optional.of(RecordCodec.perThread()
                        .decode(Objects.requireNonNull(records.getLast().value()), ChainCheckpoint.class));
    }

    @Override
    public void append(List<LogRecord> records, ChainCheckpoint checkpoint) {
        available();
        try {
            var open = Objects.requireNonNull(writer, "append without open");
            open.begin();
            for (var record : records) {
                crash.point();
                var key = record.keyBytes();
                var value = RecordCodec.perThread().encode(record.topic(), record.value());
                open.send(log.place(record.topic().topicName(), key), key, value, record.time());
            }
            crash.point();
            open.send(
                    CHECKPOINTS,
                    watched.paymentProvider().bytes(),
                    RecordCodec.perThread().encode(Topic.CHAIN_CHECKPOINTS, checkpoint),
                    Instant.EPOCH);
            crash.point();
            open.commit();
        } catch (WriterFencedException e) {
            throw new SupersededException("another watcher has taken over", e);
        }
        crash.point();
        if (broker.losesAnswer()) {
            throw new EventLogUnavailableException("no answer", new IllegalStateException("no answer"));
        }
    }

    @Override
    public List<ReversibleLog> published(long above, Instant since) {
        available();
        Map<String, ReversibleLog> found = new HashMap<>();
        for (var topic : List.of(Topic.CHAIN_CHANNELS, Topic.CHAIN_PARTIES, Topic.CHAIN_AGREEMENTS)) {
            for (var partition = 0; partition < log.partitions(topic.topicName()); partition++) {
                var place = new Place(topic.topicName(), partition);
                for (var record : log.read(place, 0, Integer.MAX_VALUE).records()) {
                    add(topic, record, above, found);
                }
            }
        }
        return found.values().stream().sorted(NEWEST_FIRST).toList();
    }

    private static void add(Topic topic, StoredRecord record, long above, Map<String, ReversibleLog> found) {
        var value = RecordCodec.perThread().decode(Objects.requireNonNull(record.value()));
        var origin = (Origin) value.get(value.getSchema().getField("origin").pos());
        var id = Convert.hash(origin.getBlockHash()) + ":" + origin.getLogIndex();
        if (value instanceof LogReversed) {
            found.remove(id);
        } else if (origin.getBlockNumber() > above) {
            var key = Objects.requireNonNull(record.key());
            found.put(id, LogRecord.of(topic, key, value, origin).reversible());
        }
    }

    private void available() {
        crash.point();
        if (broker.isCut()) {
            throw new EventLogUnavailableException("cut off", new IllegalStateException("cut off"));
        }
    }
}
