package io.crema.edge.publish;

import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Signed;
import io.crema.edge.node.Hardware;
import io.crema.edge.node.Ledger;
import io.crema.events.FailureRecord;
import io.crema.events.MachineEvent;
import io.crema.events.Reading;
import io.crema.events.TelemetryBody;
import io.crema.schemas.convert.Convert;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Says in the machine's telemetry how it is: its readings each so often, which is its heartbeat too, failures at once.
 * Not thread-safe.
 */
public final class Telemetry {
    private static final int MOST_EVENTS = 100;

    private final TelemetryChain chain;
    private final Ledger ledger;
    private final Hardware hardware;
    private final InstantSource clock;
    private final Duration interval;
    private final String version;
    private final BooleanSupplier room;
    private final List<MachineEvent> events = new ArrayList<>();
    private FaultWatch.State fault = FaultWatch.State.UNKNOWN;

    public Telemetry(
            TelemetryChain chain,
            Ledger ledger,
            Hardware hardware,
            InstantSource clock,
            Duration interval,
            String version) {
        this(chain, ledger, hardware, clock, interval, version, () -> true);
    }

    /** @param room whether the disk has room for another batch */
    public Telemetry(
            TelemetryChain chain,
            Ledger ledger,
            Hardware hardware,
            InstantSource clock,
            Duration interval,
            String version,
            BooleanSupplier room) {
        this.room = room;
        this.chain = chain;
        this.ledger = ledger;
        this.hardware = hardware;
        this.clock = clock;
        this.interval = interval;
        this.version = version;
    }

    /** Something happened: it goes with the next batch. */
    public void event(String kind, String detail) {
        events.add(new MachineEvent(kind, detail, clock.instant()));
    }

    /** Makes the next batch if it is due; returns whether it was. */
    public boolean step() {
        hardware.events().forEach(event -> event(event.kind(), event.detail()));
        var now = clock.instant();
        var failures = ledger.unreported();
        if (failures.isEmpty() && events.isEmpty() && !isDue(now)) {
            return false;
        }
        if (!room.getAsBoolean()) {
            // Failures wait in the ledger; of what happened only the newest is worth keeping.
            if (events.size() > MOST_EVENTS) {
                events.subList(0, events.size() - MOST_EVENTS).clear();
            }
            return false;
        }
        var readings = readings(now);
        chain.add(new TelemetryBody(
                readings,
                List.copyOf(events),
                failures.stream().map(Telemetry::record).toList(),
                now,
                version));
        events.clear();
        failures.forEach(ledger::reported);
        FaultWatch.BOILER_OVERHEATED
                .reading(readings)
                .ifPresent(value -> fault =
                        FaultWatch.BOILER_OVERHEATED.judge(fault, value, now, chain.sequence(), chain.newestBatch()));
        return true;
    }

    /** The fault that lasts, as far as telemetry has shown it. */
    public Optional<LastingFault> fault() {
        return fault.fault();
    }

    /** Also when the clock has gone back: a batch from a time to come must not silence the machine until then. */
    private boolean isDue(Instant now) {
        return !now.isBefore(chain.newest().plus(interval))
                || now.isBefore(chain.newest().minus(interval));
    }

    private List<Reading> readings(Instant now) {
        return hardware.sensors().stream()
                .map(sensor -> new Reading(sensor.quantity(), sensor.unit(), sensor.value(), now))
                .toList();
    }

    private static FailureRecord record(Signed<Failure> signed) {
        var failure = signed.content();
        return new FailureRecord(
                Convert.bytes32(failure.channel()),
                failure.sequence(),
                Convert.decimal(failure.amount()),
                Convert.bytes64(signed.signature()));
    }
}
