package io.crema.edge.world;

import io.crema.contracts.tap.ByteWriter;
import io.crema.edge.node.Hardware;
import io.crema.edge.node.HardwareAwayException;
import io.crema.edge.node.OutcomeCodec;
import io.crema.edge.runner.BodySource;
import io.crema.edge.runner.EdgeFleet;
import io.crema.edge.runner.MachineHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attaches each machine of a fleet to a world in another process, again whenever the connection breaks. Thread-safe. */
public final class WorldAttachments implements BodySource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorldAttachments.class);
    private static final long AGAIN_MILLIS = 100;

    private final InetSocketAddress world;
    private final Map<String, RemoteBody> bodies = new ConcurrentHashMap<>();
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    public WorldAttachments(InetSocketAddress world) {
        this.world = world;
    }

    @Override
    public Hardware bodyOf(String serial) {
        return body(serial);
    }

    /** Attaches all machines, also those that come later. */
    public void follow(EdgeFleet fleet) {
        fleet.onMember(host -> Thread.ofVirtual().name("world-" + host.serial()).start(() -> run(fleet, host)));
    }

    private void run(EdgeFleet fleet, MachineHost host) {
        try {
            do {
                attach(fleet, host);
            } while (!stopped.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attach(EdgeFleet fleet, MachineHost host) {
        var body = body(host.serial());
        try (var socket = new Socket(world.getAddress(), world.getPort());
                var wire = new Wire(socket, Duration.ZERO)) {
            wires.add(wire);
            body.attached(wire);
            wire.send(
                    Wire.ATTACH,
                    WorldCodec.text(new ByteWriter(), host.serial()).toBytes());
            while (stopped.getCount() > 0) {
                serve(wire, body, fleet, host);
            }
        } catch (IOException e) {
            log.debug("world away machine={}: {}", host.serial(), e.toString());
        } finally {
            body.attached(null);
            wires.removeIf(Wire::isClosed);
        }
    }

    private static void serve(Wire wire, RemoteBody body, EdgeFleet fleet, MachineHost host) throws IOException {
        var message = wire.receive();
        try {
            if (message.type() == Wire.PRESS) {
                var pressed = Wire.read(message.data(), WorldCodec.Pressed::read);
                body.measured(pressed.moment().sensors());
                var outcome = host.press(pressed.press(), body, pressed.moment().time());
                wire.send(Wire.OUTCOME, OutcomeCodec.encode(outcome));
            } else {
                var moment = Wire.read(message.expect(Wire.TICK).data(), WorldCodec.Moment::read);
                body.measured(moment.sensors());
                host.tick(moment.time());
                wire.send(Wire.DONE, new byte[0]);
            }
        } catch (HardwareAwayException e) {
            throw new IOException("the world went away", e);
        } catch (RuntimeException e) {
            log.warn("machine fault machine={}", host.serial(), e);
            wire.send(
                    Wire.FAULT, WorldCodec.text(new ByteWriter(), e.toString()).toBytes());
            throw new IOException("the machine broke off", e);
        } finally {
            fleet.signal(host);
        }
    }

    private RemoteBody body(String serial) {
        return bodies.computeIfAbsent(serial, _ -> new RemoteBody());
    }

    @Override
    public void close() {
        stopped.countDown();
        wires.forEach(Wire::close);
    }
}
