package io.crema.edge.runner;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.value.Address;
import io.crema.edge.EdgeConfig;
import io.crema.edge.Provisioning;
import io.crema.edge.chain.MachineFault;
import io.crema.edge.folder.FileProvisioning;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.node.Caps;
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
import io.crema.edge.publish.DiskBudget;
import io.crema.edge.publish.DiskLimits;
import io.crema.edge.publish.Outbox;
import io.crema.edge.publish.ReceiptOutbox;
import io.crema.edge.publish.Telemetry;
import io.crema.edge.publish.TelemetryChain;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One machine with all its parts. Thread-safe: calls wait for one another in the order in which they came. */
public final class MachineHost implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MachineHost.class);
    private static final String VERSION = "0.1.0";

    private final String serial;
    private final MachineClock told;
    private final boolean isTold;
    private final Hardware hardware;
    private final Ledger ledger;
    private final DiskBudget disk;
    private final TelemetryChain chain;
    private final Telemetry telemetry;
    private final Knowledge knowledge;
    private final EdgeNode node;
    private final List<Outbox> outboxes;
    private final ReentrantLock lock = new ReentrantLock(true);
    private boolean closed;

    /** One of a fleet: it is told the time. */
    MachineHost(MachineFolder folder, Hardware hardware, EdgeConfig config, SecureRandom random) {
        this(
                folder,
                folder.key(),
                List.of(),
                hardware,
                Optional.empty(),
                config.caps(),
                config.telemetryInterval(),
                random);
    }

    /**
     * The machine whose body this is, on a clock of its own.
     *
     * @param formerKeys see {@link EdgeNode}
     */
    public MachineHost(
            MachineFolder folder,
            SigningKey key,
            List<Address> formerKeys,
            Hardware hardware,
            NodeClock clock,
            Caps caps,
            Duration telemetryInterval,
            SecureRandom random) {
        this(folder, key, formerKeys, hardware, Optional.of(clock), caps, telemetryInterval, random);
    }

    private MachineHost(
            MachineFolder folder,
            SigningKey key,
            List<Address> formerKeys,
            Hardware hardware,
            Optional<NodeClock> own,
            Caps caps,
            Duration telemetryInterval,
            SecureRandom random) {
        var source = new FileProvisioning(folder);
        var it = source.current();
        if (!key.address().equals(it.placement().content().machineKey())) {
            throw new IllegalArgumentException("machine %s has key %s, but its placement names %s"
                    .formatted(
                            it.serial(), key.address(), it.placement().content().machineKey()));
        }
        serial = it.serial();
        this.hardware = hardware;
        disk = new DiskBudget(folder.disk(), DiskLimits.USUAL);
        ledger = new Ledger(folder.journal(() -> !disk.isFull()), it.channel());
        chain = new TelemetryChain(
                folder.telemetry(), it.machine(), it.domains().maintenance(), key);
        told = new MachineClock();
        isTold = own.isEmpty();
        told.advance(chain.newest());
        ledger.newest()
                .ifPresent(newest ->
                        told.advance(Instant.ofEpochSecond(newest.sale().time())));
        var clock = own.orElseGet(() -> NodeClock.told(told));
        knowledge = new Knowledge(source, folder.facts());
        node = new EdgeNode(knowledge, key, formerKeys, ledger, hardware, clock, random, caps);
        telemetry = new Telemetry(chain, ledger, hardware, node::now, telemetryInterval, VERSION, this::makeRoom);
        outboxes = List.of(new ReceiptOutbox(ledger), new TelemetryOutbox());
    }

    public String serial() {
        return serial;
    }

    /** See {@link EdgeNode#press}; the machine's clock moves on to {@code time} first. */
    public TapOutcome press(Press press, TapLink link, Instant time) {
        return locked(() -> {
            told.advance(time);
            makeRoom();
            return node.press(press, link);
        });
    }

    /** The same by the machine's own clock. */
    public TapOutcome press(Press press, TapLink link) {
        return locked(() -> {
            makeRoom();
            return node.press(press, link);
        });
    }

    /** Moves the clock on, looks after an unfinished cup, and reports when that is due. */
    public void tick(Instant time) {
        locked(() -> {
            told.advance(time);
            settle();
            return telemetry.step();
        });
    }

    /** The same by the machine's own clock; nothing while the machine is at work. */
    public void tick() {
        var _ = unlessBusy(() -> {
            settle();
            return telemetry.step();
        });
    }

    /** See {@link EdgeNode#now}. */
    public Instant now() {
        return locked(node::now);
    }

    /** A fault that lasts; empty while there is none, or the machine is at work. */
    public Optional<MachineFault> faultUnlessBusy() {
        return unlessBusy(telemetry::fault)
                .flatMap(it -> it)
                .map(it -> MachineFault.of(provisioning().machine(), it.rule(), it.sequence(), it.batch()));
    }

    /** All that holds now for what is sold here. */
    public Provisioning provisioning() {
        return locked(knowledge::current);
    }

    /** Shows a sentence on the screen, unless the machine is at work: then its own sentence follows. */
    public void show(String sentence) {
        var _ = unlessBusy(() -> {
            hardware.show(sentence);
            return sentence;
        });
    }

    /** As {@link #status}; empty while the machine is at work, which may take as long as a cup. */
    public Optional<NodeStatus> statusUnlessBusy() {
        return unlessBusy(node::status);
    }

    /** Of the token that is paid with; empty while the machine is at work. */
    public Optional<Integer> decimalsUnlessBusy() {
        return unlessBusy(() -> knowledge.current().decimals());
    }

    /** The newest receipt that counts; empty while there is none, or the machine is at work. */
    public Optional<SignedReceipt> newestUnlessBusy() {
        return unlessBusy(ledger::newest).flatMap(it -> it);
    }

    /** All sensors as they read now; empty while the machine is at work. */
    public Optional<List<Hardware.SensorValue>> sensorsUnlessBusy() {
        return unlessBusy(hardware::sensors);
    }

    private <T> Optional<T> unlessBusy(Supplier<T> step) {
        if (!lock.tryLock()) {
            return Optional.empty();
        }
        try {
            return closed ? Optional.empty() : Optional.of(step.get());
        } finally {
            lock.unlock();
        }
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

    /** Telemetry goes first; receipts are never dropped. A disk that takes nothing more is full, and no more than that. */
    private boolean makeRoom() {
        try {
            return disk.makeRoom(chain);
        } catch (UncheckedIOException e) {
            log.error("no room can be made machine={}: {}", serial, e.getMessage());
            return false;
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
        public Optional<io.crema.edge.publish.Parcel> next() {
            if (!isTold || !told.instant().equals(Instant.EPOCH)) {
                step();
            }
            return chain.next();
        }

        /** What keeps the machine from telling how it is must not keep its receipts from the log; a tick tries again. */
        private void step() {
            try {
                telemetry.step();
            } catch (HardwareAwayException | UncheckedIOException e) {
                log.debug("no telemetry machine={}: {}", serial, e.getMessage());
            }
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
