package io.crema.streams.machines;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.events.Bytes32;
import io.crema.events.MachineEvent;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.MachineState;
import io.crema.events.MachineTwin;
import io.crema.events.Reading;
import io.crema.events.RuleState;
import io.crema.events.TelemetryBody;
import io.crema.schemas.convert.Convert;
import io.crema.streams.telemetry.BatchOrder;
import io.crema.streams.telemetry.BodyLimits;
import io.crema.streams.telemetry.Watch;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine's state while one record changes it. Not thread-safe. */
final class Machine {
    private static final Comparator<Reading> OLDEST =
            Comparator.comparing(Reading::getTime).thenComparing(Reading::getQuantity);

    private final MachineId id;
    private List<MachineKeyRegistered> keys;
    private final Map<String, Reading> readings;
    private @Nullable MachineEvent lastEvent;
    private final Map<String, Bytes32> faults;
    private final Map<String, RuleState> rules;
    private long sequence;
    private Hash batch;
    private Instant lastSeen;
    private Instant newestTime;
    private long failures;
    private String version;
    private long missing;
    private int waiting;

    Machine(MachineId id, @Nullable MachineState state) {
        var twin = state == null ? empty(id) : state.getTwin();
        this.id = id;
        this.keys = state == null ? List.of() : state.getKeys();
        this.readings = new HashMap<>(twin.getReadings());
        this.lastEvent = twin.getLastEvent();
        this.faults = new HashMap<>(twin.getFaults());
        this.rules = new HashMap<>(state == null ? Map.of() : state.getRules());
        this.sequence = twin.getSequence();
        this.batch = Convert.hash(twin.getBatch());
        this.lastSeen = twin.getLastSeen();
        this.newestTime = Optional.ofNullable(state == null ? null : state.getNewestTime())
                .orElse(Instant.EPOCH);
        this.failures = twin.getFailures();
        this.version = twin.getVersion();
        this.missing = state == null ? 0 : state.getMissing();
        this.waiting = state == null ? 0 : state.getWaiting();
    }

    MachineState toRecord() {
        return new MachineState(twin(), keys, newestTime, missing, waiting, rules);
    }

    MachineTwin twin() {
        return new MachineTwin(
                Convert.bytes32(id),
                readings,
                lastEvent,
                faults,
                sequence,
                Convert.bytes32(batch),
                lastSeen,
                failures,
                version);
    }

    MachineId id() {
        return id;
    }

    List<MachineKeyRegistered> keys() {
        return keys;
    }

    void keys(List<MachineKeyRegistered> known) {
        keys = List.copyOf(known);
    }

    int waiting() {
        return waiting;
    }

    void waiting(int batches) {
        waiting = batches;
    }

    long sequence() {
        return sequence;
    }

    Hash batch() {
        return batch;
    }

    Instant newestTime() {
        return newestTime;
    }

    /** Whether the key signs for the machine at that time of its own clock. */
    boolean isSignedBy(Address signer, Instant time) {
        for (var i = 0; i < keys.size(); i++) {
            var replaced = i + 1 < keys.size() ? keys.get(i + 1) : null;
            var counts = replaced == null
                    || (replaced.getPreviousUntil() != null && time.isBefore(replaced.getPreviousUntil()));
            if (counts && Convert.address(keys.get(i).getMachineKey()).equals(signer)) {
                return true;
            }
        }
        return false;
    }

    /** Takes a batch's facts in. @param logTime when the log got it */
    void take(long batchSequence, Hash batchHash, BatchOrder order, TelemetryBody body, Instant logTime) {
        if (order == BatchOrder.GAP) {
            missing += batchSequence - sequence - 1;
        }
        sequence = batchSequence;
        batch = batchHash;
        newestTime = body.getTime();
        lastSeen = logTime;
        failures += body.getFailures().size();
        version = body.getVersion();
        for (var reading : body.getReadings()) {
            readings.merge(
                    reading.getQuantity(),
                    reading,
                    (known, next) -> next.getTime().isBefore(known.getTime()) ? known : next);
        }
        while (readings.size() > BodyLimits.MOST) {
            readings.remove(Collections.min(readings.values(), OLDEST).getQuantity());
        }
        for (var event : body.getEvents()) {
            if (lastEvent == null || !event.getTime().isBefore(lastEvent.getTime())) {
                lastEvent = event;
            }
        }
    }

    Watch watch(String rule) {
        var state = rules.get(rule);
        return state == null
                ? Watch.NOTHING
                : new Watch(
                        Optional.ofNullable(state.getSince()),
                        Optional.ofNullable(state.getJudged()),
                        Optional.ofNullable(state.getFault()).map(Convert::hash));
    }

    void watch(String rule, Watch watch) {
        var fault = watch.fault().map(Convert::bytes32);
        rules.put(rule, new RuleState(watch.since().orElse(null), watch.judged().orElse(null), fault.orElse(null)));
        fault.ifPresentOrElse(id -> faults.put(rule, id), () -> faults.remove(rule));
    }

    private static MachineTwin empty(MachineId id) {
        return new MachineTwin(
                Convert.bytes32(id), Map.of(), null, Map.of(), 0L, Convert.bytes32(Hash.ZERO), Instant.EPOCH, 0L, "");
    }
}
