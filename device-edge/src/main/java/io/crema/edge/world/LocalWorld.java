package io.crema.edge.world;

import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.TapLostException;
import io.crema.edge.node.Hardware;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.runner.BodySource;
import io.crema.edge.runner.EdgeFleet;
import io.crema.edge.runner.MachineHost;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The world in the edge's own process. Thread-safe. */
public final class LocalWorld implements World, BodySource {
    private final Map<String, SimulatedHardware> bodies = new ConcurrentHashMap<>();
    private volatile Optional<EdgeFleet> fleet = Optional.empty();

    /** Puts the machines into this world. */
    public void enter(EdgeFleet machines) {
        fleet = Optional.of(machines);
    }

    @Override
    public Hardware bodyOf(String serial) {
        return hardware(serial);
    }

    @Override
    public SimulatedHardware hardware(String serial) {
        return bodies.computeIfAbsent(serial, _ -> new SimulatedHardware());
    }

    @Override
    public TapOutcome press(String serial, Press press, ApduHandler phone, Instant time) {
        var host = host(serial);
        try {
            return host.press(press, apdu -> transmit(phone, apdu), time);
        } finally {
            phone.deactivated();
            fleet.ifPresent(it -> it.signal(host));
        }
    }

    @Override
    public void tick(String serial, Instant time) {
        var host = host(serial);
        host.tick(time);
        fleet.ifPresent(it -> it.signal(host));
    }

    @Override
    public void close() {
        fleet = Optional.empty();
    }

    private static byte[] transmit(ApduHandler phone, byte[] apdu) throws TapLostException {
        try {
            return phone.process(apdu);
        } catch (RuntimeException e) {
            throw new TapLostException("the phone broke off: " + e.getMessage(), e);
        }
    }

    private MachineHost host(String serial) {
        return fleet.flatMap(it -> it.host(serial))
                .orElseThrow(() -> new MachineAwayException(
                        "machine %s is not in this edge's data directory; provision it first".formatted(serial)));
    }
}
