package io.crema.edge.runner;

import io.crema.contracts.tap.TapLink;
import io.crema.edge.EdgeConfig;
import io.crema.edge.folder.FileProvisioning;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.node.EdgeNode;
import io.crema.edge.node.Fact;
import io.crema.edge.node.Hardware;
import io.crema.edge.node.HardwareAwayException;
import io.crema.edge.node.Knowledge;
import io.crema.edge.node.Learned;
import io.crema.edge.node.Ledger;
import io.crema.edge.node.NodeClock;
import io.crema.edge.node.NodeStatus;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.publish.Outbox;
import io.crema.edge.publish.ReceiptOutbox;
import io.crema.edge.publish.Telemetry;
import io.crema.edge.publish.TelemetryChain;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One machine with all its parts. Thread-safe: calls wait for one another in the order in which they came. */
public final class MachineHost implements AutoCloseable {
    private static final String VERSION = "0.1.0";

    private final String serial;
    private final MachineClock clock = new MachineClock();
    private final Ledger ledger;
    private final TelemetryChain chain;
    private final Telemetry telemetry;
    private final Knowledge knowledge;
    private final EdgeNode node;
    private final List<Outbox> outboxes;
    private final ReentrantLock lock = new ReentrantLock(true);
    private boolean closed;

    MachineHost(MachineFolder folder, Hardware hardware, EdgeConfig config, SecureRandom random) {
        var source = new FileProvisioning(folder);
        var it = source.current();
        var key = folder.key();
        if (!key.address().equals(it.placement().content().machineKey())) {
            throw new IllegalArgumentException("machine %s has key %s, but its placement names %s"
                    .formatted(
                            it.serial(), key.address(), it.placement().content().machineKey()));
        }
        serial = it.serial();
        ledger = new Ledger(folder.journal(), it.channel());
        chain = new TelemetryChain(
                folder.telemetry(), it.machine(), it.domains().maintenance(), key);
        clock.advance(chain.newest());
        ledger.newest()
                .ifPresent(newest ->
                        clock.advance(Instant.ofEpochSecond(newest.sale().time())));
        telemetry = new Telemetry(chain, ledger, hardware, clock, config.telemetryInterval(), VERSION);
        knowledge = new Knowledge(source, folder.facts());
        node = new EdgeNode(knowledge, key, ledger, hardware, NodeClock.told(clock), random, config.caps());
        outboxes = List.of(new ReceiptOutbox(ledger), new TelemetryOutbox());
    }

    public String serial() {
        return serial;
    }

    /** See {@link EdgeNode#press}; the machine's clock moves on to {@code time} first. */
    public TapOutcome press(Press press, TapLink link, Instant time) {
        return locked(() -> {
            clock.advance(time);
            return node.press(press, link);
        });
    }

    /** Moves the clock on, looks after an unfinished cup, and reports when that is due. */
    public void tick(Instant time) {
        locked(() -> {
            clock.advance(time);
            settle();
            return telemetry.step();
        });
    }

    /** See {@link EdgeNode#learn}. */
    public Learned learn(Fact fact) {
        return locked(() -> node.learn(fact));
    }

    /** See {@link EdgeNode#status}. */
    public NodeStatus status() {
        return locked(node::status);
    }

    /** Receipts that the log has not acknowledged. */
    public long unpublished() {
        return locked(ledger::unpublished);
    }

    List<Outbox> outboxes() {
        return outboxes;
    }

    <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("machine " + serial + " is stopped");
            }
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        try {
            node.settle();
        } catch (HardwareAwayException later) {
            // the next press or tick asks again
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                ledger.close();
                chain.close();
                knowledge.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The telemetry chain, brought up to date whenever it is asked. */
    private final class TelemetryOutbox implements Outbox {
        @Override
        public java.util.Optional<io.crema.edge.publish.Parcel> next() {
            if (!clock.instant().equals(Instant.EPOCH)) {
                telemetry.step();
            }
            return chain.next();
        }

        @Override
        public void acknowledged(io.crema.edge.publish.Parcel parcel) {
            chain.acknowledged(parcel);
        }

        @Override
        public void rewind() {
            chain.rewind();
        }
    }
}
