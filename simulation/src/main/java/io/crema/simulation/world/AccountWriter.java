package io.crema.simulation.world;

import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.settlement.step.AccountLog;
import io.crema.settlement.step.Entry;
import io.crema.settlement.step.FencedException;
import io.crema.settlement.step.LogUnavailableException;
import io.crema.simulation.Connection;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.log.CommittedOffset;
import io.crema.simulation.log.LogWriter;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.WriterFencedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Settlement's log on the simulated one: the same records in the same topics as on Kafka. */
record AccountWriter(SimulatedLog log, LogWriter writer, CrashPoints crash, Connection broker) implements AccountLog {

    @Override
    public void commit(Entry entry) {
        crash.point();
        if (broker.isCut()) {
            throw new LogUnavailableException("cut off", new IllegalStateException("cut off"));
        }
        try {
            writer.begin();
            var account = Town.MANUFACTURER.address().bytes();
            entry.steps().forEach(step -> send(Topic.TRANSACTIONS, account, step, step.getTime()));
            crash.point();
            entry.outcomes()
                    .forEach(
                            outcome -> send(Topic.OUTCOMES, outcome.getSubject().bytes(), outcome, outcome.getTime()));
            entry.refusals()
                    .forEach(refusal -> send(
                            Topic.QUARANTINE,
                            refusal.key(),
                            refusal.record(),
                            refusal.record().getTime()));
            Map<Place, CommittedOffset> offsets = new HashMap<>();
            entry.positions()
                    .forEach((partition, position) -> offsets.put(
                            new Place(Topic.INTENTS.topicName(), partition),
                            new CommittedOffset(position.offset(), position.metadata())));
            writer.offsets(Settlement.NAME, offsets);
            crash.point();
            writer.commit();
        } catch (WriterFencedException e) {
            throw new FencedException("another instance serves the account now", e);
        }
        crash.point();
        if (broker.losesAnswer()) {
            throw new LogUnavailableException("no answer", new IllegalStateException("no answer"));
        }
    }

    private void send(Topic topic, byte[] key, SpecificRecord record, Instant time) {
        writer.send(
                log.place(topic.topicName(), key), key, RecordCodec.perThread().encode(topic, record), time);
    }
}
