package io.crema.edge.world;

import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.value.Hash;
import io.crema.edge.node.OutcomeCodec;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A world that listens on loopback and lets an edge in another process attach its machines, one connection each. The
 * machines' bodies live here, so they outlive the edge. Thread-safe.
 */
public final class TcpWorld implements World {
    private static final Logger log = LoggerFactory.getLogger(TcpWorld.class);

    private final ServerSocket server;
    private final Duration patience;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    /** @param patience how long a press or tick waits for an edge that is away */
    public TcpWorld(Duration patience) {
        this(patience, 0);
    }

    /** @param port to listen on; 0 = any free one */
    public TcpWorld(Duration patience, int port) {
        this.patience = patience;
        try {
            server = new ServerSocket(port, 128, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback, port " + port, e);
        }
        Thread.ofVirtual().name("world").start(this::accept);
    }

    /** Where an edge finds this world: for CREMA_EDGE_WORLD. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public SimulatedHardware hardware(String serial) {
        return slot(serial).body();
    }

    @Override
    public TapOutcome press(String serial, Press press, ApduHandler phone, Instant time) {
        var slot = slot(serial);
        return slot.with(serial, patience, wire -> {
            try {
                var moment = new WorldCodec.Moment(time, slot.body().sensors());
                wire.send(Wire.PRESS, new WorldCodec.Pressed(press, moment).encode());
                return OutcomeCodec.decode(serve(wire, slot.body(), phone, Wire.OUTCOME));
            } finally {
                phone.deactivated();
            }
        });
    }

    @Override
    public void tick(String serial, Instant time) {
        var slot = slot(serial);
        slot.with(serial, patience, wire -> {
            wire.send(Wire.TICK, new WorldCodec.Moment(time, slot.body().sensors()).encode());
            return serve(wire, slot.body(), _ -> new byte[0], Wire.DONE);
        });
    }

    /** Answers what the machine asks of phone and body until it says the last word. */
    private static byte[] serve(Wire wire, SimulatedHardware body, ApduHandler phone, int last) throws IOException {
        for (var message = wire.receive(); ; message = wire.receive()) {
            if (message.type() == last) {
                return message.data();
            }
            switch (message.type()) {
                case Wire.APDU -> answer(wire, phone, message.data());
                case Wire.POUR -> {
                    var job = Wire.read(message.data(), WorldCodec.Job::read);
                    wire.send(Wire.POUR_RESULT, WorldCodec.encode(body.pour(job.name(), job.product())));
                }
                case Wire.RECALL -> {
                    Hash job = Wire.read(message.data(), ByteReader::hash);
                    var state = new ByteWriter().u8(body.recall(job).ordinal());
                    wire.send(Wire.RECALLED, state.toBytes());
                }
                case Wire.SHOW -> body.show(Wire.read(message.data(), WorldCodec::text));
                case Wire.FAULT -> {
                    String fault = Wire.read(message.data(), WorldCodec::text);
                    throw new IOException(fault);
                }
                default -> throw new IOException("unexpected message type " + message.type());
            }
        }
    }

    private static void answer(Wire wire, ApduHandler phone, byte[] apdu) throws IOException {
        byte[] response;
        try {
            response = phone.process(apdu);
        } catch (RuntimeException gone) {
            wire.send(Wire.TAP_LOST, new byte[0]);
            return;
        }
        wire.send(Wire.APDU_ANSWER, response);
    }

    private Slot slot(String serial) {
        return slots.computeIfAbsent(serial, _ -> new Slot());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> attach(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    log.warn("the world cannot accept a machine: {}", e.toString());
                }
            }
        }
    }

    private void attach(Socket socket) {
        try {
            var wire = new Wire(socket, patience);
            var serial = Wire.read(wire.receive().expect(Wire.ATTACH).data(), WorldCodec::text);
            slot(serial).attach(wire);
        } catch (IOException e) {
            log.debug("a machine did not attach: {}", e.toString());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.debug("closing the world: {}", e.toString());
        }
        slots.values().forEach(Slot::close);
    }
}
