package io.crema.streams.machines;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TelemetryBatch;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.RequestId;
import io.crema.events.FaultCleared;
import io.crema.events.FaultRaised;
import io.crema.events.LogReversed;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.MachineState;
import io.crema.events.Quarantined;
import io.crema.events.Reading;
import io.crema.events.ServiceRequestOpened;
import io.crema.events.TelemetryBatchRecord;
import io.crema.events.TelemetryBody;
import io.crema.events.WaitingBatch;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import io.crema.streams.balances.ChainFacts;
import io.crema.streams.balances.Place;
import io.crema.streams.records.Inbound;
import io.crema.streams.records.Outbound;
import io.crema.streams.records.StoredFigures;
import io.crema.streams.telemetry.BatchOrder;
import io.crema.streams.telemetry.BodyLimits;
import io.crema.streams.telemetry.FaultIds;
import io.crema.streams.telemetry.FaultRule;
import io.crema.streams.telemetry.Watch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Verifies each machine's batches, keeps its twin, and finds its faults. */
final class MachineProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final int MOST_WAITING = 1_000;

    /** Of the keys that a manufacturer ever gave a machine, the newest that are kept. */
    private static final int MOST_KEYS = 64;

    private final int partitions;
    private final Domain maintenance;
    private final FaultRule rule;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], MachineState> machines;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], WaitingBatch> waiting;

    @SuppressWarnings("NullAway.Init")
    private Outbound out;

    MachineProcessor(int partitions, Domain maintenance, FaultRule rule) {
        this.partitions = partitions;
        this.maintenance = maintenance;
        this.rule = rule;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        machines = context.getStateStore(MachinesTopology.MACHINES);
        waiting = context.getStateStore(MachinesTopology.WAITING);
        var figures = new StoredFigures(context, MachinesTopology.MACHINE_FIGURES);
        out = new Outbound(context, MachinesTopology.SOURCE, figures::refused);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var origin = context().recordMetadata().orElseThrow();
        if (Topic.named(origin.topic()).isEmpty()) {
            keysChanged(record.key(), RecordCodec.perThread().decode(record.value()));
            return;
        }
        var time = Instant.ofEpochMilli(record.timestamp());
        switch (Inbound.read(Topic.EDGE_TELEMETRY, record.key(), record.value(), origin.partition(), partitions)) {
            case Inbound.Bad bad ->
                out.quarantine(record.key(), record.value(), origin, time, bad.reason(), bad.detail());
            case Inbound.Good(TelemetryBatchRecord batch) -> {
                var machine = load(record.key());
                receive(machine, batch, record.value(), new Place(origin.partition(), origin.offset(), time));
                machines.put(record.key(), machine.toRecord());
            }
            case Inbound.Good good ->
                out.quarantine(
                        record.key(),
                        record.value(),
                        origin,
                        time,
                        "UNEXPECTED_TYPE",
                        good.value().getSchema().getFullName() + " does not belong into " + origin.topic());
        }
    }

    private void receive(Machine machine, TelemetryBatchRecord batch, byte[] bytes, Place place) {
        if (batch.getSequence() < 1) {
            quarantine(machine, bytes, place, "MALFORMED_BATCH", "batches count from 1, got " + batch.getSequence());
            return;
        }
        if (!machine.keys().isEmpty()) {
            judge(machine, batch, bytes, place);
            return;
        }
        if (machine.waiting() >= MOST_WAITING) {
            quarantine(
                    machine, bytes, place, "UNKNOWN_MACHINE", "no key is registered, and enough batches wait for it");
            return;
        }
        var key = ByteBuffer.allocate(72)
                .put(machine.id().bytes())
                .putLong(batch.getSequence())
                .put(Keccak.hash(bytes).bytes())
                .array();
        var waits = new WaitingBatch(ByteBuffer.wrap(bytes), place.partition(), place.offset(), place.time());
        if (waiting.putIfAbsent(key, waits) == null) {
            machine.waiting(machine.waiting() + 1);
        }
    }

    private void keysChanged(byte[] key, SpecificRecord event) {
        var machine = load(key);
        List<MachineKeyRegistered> keys = new ArrayList<>(machine.keys());
        if (event instanceof MachineKeyRegistered registered) {
            keys.removeIf(known -> ChainFacts.isSame(known.getOrigin(), registered.getOrigin()));
            keys.add(registered);
            keys.sort(Comparator.<MachineKeyRegistered>comparingLong(
                            k -> k.getOrigin().getBlockNumber())
                    .thenComparingInt(k -> k.getOrigin().getLogIndex()));
        } else if (event instanceof LogReversed reversed) {
            keys.removeIf(known -> ChainFacts.isSame(known.getOrigin(), reversed.getOrigin()));
        }
        machine.keys(keys.subList(Math.max(0, keys.size() - MOST_KEYS), keys.size()));
        if (!keys.isEmpty() && machine.waiting() > 0) {
            readmit(machine);
        }
        machines.put(key, machine.toRecord());
    }

    private void readmit(Machine machine) {
        var from = ByteBuffer.allocate(40).put(machine.id().bytes()).putLong(0).array();
        var to = ByteBuffer.allocate(40)
                .put(machine.id().bytes())
                .putLong(Long.MAX_VALUE)
                .array();
        List<byte[]> done = new ArrayList<>();
        try (var entries = waiting.range(from, to)) {
            while (entries.hasNext()) {
                var entry = entries.next();
                var bytes = bytes(entry.value.getBatch());
                var batch = RecordCodec.perThread().decode(bytes, TelemetryBatchRecord.class);
                var place = new Place(entry.value.getPartition(), entry.value.getOffset(), entry.value.getTime());
                judge(machine, batch, bytes, place);
                done.add(entry.key);
            }
        }
        done.forEach(waiting::delete);
        machine.waiting(0);
    }

    private void judge(Machine machine, TelemetryBatchRecord record, byte[] bytes, Place place) {
        var bodyBytes = bytes(record.getBody());
        TelemetryBatch batch;
        TelemetryBody body;
        try {
            batch = new TelemetryBatch(
                    machine.id(), record.getSequence(), Convert.hash(record.getPrevious()), Keccak.hash(bodyBytes));
            body = RecordCodec.perThread().decode(bodyBytes, TelemetryBody.class);
            BodyLimits.check(body);
        } catch (IllegalArgumentException | RecordFormatException e) {
            quarantine(machine, bytes, place, "MALFORMED_BATCH", String.valueOf(e.getMessage()));
            return;
        }
        var signer = new Signed<>(batch, Convert.signature(record.getSignature())).signer(maintenance);
        if (signer.filter(address -> machine.isSignedBy(address, body.getTime()))
                .isEmpty()) {
            quarantine(
                    machine,
                    bytes,
                    place,
                    "BAD_SIGNATURE",
                    "signed by %s, which is no key of the machine"
                            .formatted(signer.map(Object::toString).orElse("nobody")));
            return;
        }
        var order = BatchOrder.of(batch, body.getTime(), machine.sequence(), machine.batch(), machine.newestTime());
        switch (order) {
            case REPLAY -> {
                // Counted before.
            }
            case BROKEN_LINK ->
                quarantine(
                        machine,
                        bytes,
                        place,
                        "BROKEN_LINK",
                        "names %s as the batch before, known is %s".formatted(batch.previous(), machine.batch()));
            case FOLLOWS, GAP, RESTARTED -> take(machine, batch, body, order, place);
        }
    }

    private void take(Machine machine, TelemetryBatch batch, TelemetryBody body, BatchOrder order, Place place) {
        var evidence = batch.structHash();
        machine.take(batch.sequence(), evidence, order, body, place.time());
        var mayRaise = true;
        for (var reading : body.getReadings()) {
            if (!reading.getQuantity().equals(rule.quantity())
                    || !reading.getUnit().equals(rule.unit())) {
                continue;
            }
            var id = FaultIds.of(machine.id(), rule.name(), batch.sequence());
            var before = machine.watch(rule.name());
            var step = before.judge(
                    rule, reading.getValue(), reading.getTime(), mayRaise ? Optional.of(id) : Optional.empty());
            machine.watch(rule.name(), step.next());
            if (step.change() == Watch.Change.RAISED) {
                mayRaise = false;
                raise(machine.id(), id, evidence, reading, step.beyondSince(), place.time());
            } else if (step.change() == Watch.Change.CLEARED) {
                clear(machine.id(), before.fault().orElseThrow(), reading, place.time());
            }
        }
        var twinId = machine.id() + ":" + batch.sequence();
        out.send(Topic.MACHINE_TWINS, machine.id().bytes(), machine.twin(), twinId, place.time());
    }

    private void raise(MachineId machine, Hash fault, Hash evidence, Reading reading, Instant since, Instant time) {
        var raised = new FaultRaised(
                Convert.bytes32(machine),
                Convert.bytes32(fault),
                rule.name(),
                rule.description(),
                reading,
                Convert.bytes32(evidence),
                since);
        out.send(Topic.MACHINE_EVENTS, machine.bytes(), raised, fault.hex(), time);
        var request = RequestId.of(machine, fault);
        var opened = new ServiceRequestOpened(
                Convert.bytes32(request.value()),
                Convert.bytes32(machine),
                Convert.bytes32(fault),
                rule.name(),
                rule.description(),
                Convert.bytes32(evidence),
                time);
        out.send(Topic.SERVICE_REQUESTS, request.bytes(), opened, request.toString(), time);
    }

    private void clear(MachineId machine, Hash fault, Reading reading, Instant time) {
        var cleared = new FaultCleared(Convert.bytes32(machine), Convert.bytes32(fault), rule.name(), reading);
        out.send(Topic.MACHINE_EVENTS, machine.bytes(), cleared, fault.hex() + ":cleared", time);
    }

    private Machine load(byte[] key) {
        return new Machine(new MachineId(Hash.of(key)), machines.get(key));
    }

    private void quarantine(Machine machine, byte[] bytes, Place place, String reason, String detail) {
        out.quarantine(
                machine.id().bytes(),
                new Quarantined(
                        Topic.EDGE_TELEMETRY.topicName(),
                        place.partition(),
                        place.offset(),
                        ByteBuffer.wrap(machine.id().bytes()),
                        ByteBuffer.wrap(bytes),
                        Convert.bytes32(Keccak.hash(bytes)),
                        reason,
                        detail,
                        null,
                        out.service(),
                        place.time()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
