package io.crema.simulation.world;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.journal.MemoryLog;
import io.crema.edge.journal.Position;
import io.crema.edge.node.Caps;
import io.crema.edge.node.EdgeNode;
import io.crema.edge.node.Fact;
import io.crema.edge.node.Knowledge;
import io.crema.edge.node.Ledger;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.publish.ReceiptOutbox;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.chain.ChannelSlot;
import io.crema.simulation.chain.SimulatedChain;
import io.crema.simulation.edge.CheckedBody;
import io.crema.simulation.edge.SimulatedDisk;
import io.crema.simulation.edge.SkewedClock;
import io.crema.simulation.edge.Tap;
import io.crema.simulation.log.SimulatedLog;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One machine: its node and publisher while it has power, its disk and body always. Not thread-safe. */
final class Machine {
    final Town.Rented rented;
    final CrashPoints crash = new CrashPoints();
    final SimulatedDisk disk = new SimulatedDisk(crash);
    final CheckedBody body;
    final Deliveries deliveries;
    private final SimulatedDisk facts = new SimulatedDisk(crash);
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Wiring wiring;
    private Duration skew = Duration.ZERO;
    private boolean battery = true;
    private @Nullable Running running;

    private record Running(EdgeNode node, SkewedClock clock, ReceiptOutbox outbox) {}

    Machine(Town.Rented rented, InstantSource clock, RandomGenerator random, SimulatedLog log, Wiring wiring) {
        this.rented = rented;
        this.clock = clock;
        this.random = random;
        this.wiring = wiring;
        this.body = new CheckedBody(crash, this::checkDurable);
        this.deliveries = new Deliveries(log, clock, crash, wiring, rented.serial);
    }

    private Running running() {
        if (running == null) {
            var ledger = new Ledger(wiring.journal(disk), rented.channel);
            var skewed = new SkewedClock(clock, skew, battery);
            var node = new EdgeNode(
                    new Knowledge(() -> rented.provisioning, facts),
                    rented.key,
                    ledger,
                    body,
                    skewed,
                    random,
                    Caps.NONE);
            running = new Running(node, skewed, new ReceiptOutbox(ledger));
        }
        return running;
    }

    /** What the machine says to a press, unless it loses its power. */
    Optional<TapOutcome> press(ProductId product, Hash attempt, ApduHandler phone, int tornAt, boolean afterAnswer) {
        try {
            return Optional.of(
                    running().node().press(new Press(product, attempt), new Tap(phone, tornAt, afterAnswer)));
        } catch (CrashPoints.Crash powerCut) {
            losePower();
        } catch (UncheckedIOException diskFull) {
            // the journal tells the next press where to go on
        } finally {
            phone.deactivated();
        }
        return Optional.empty();
    }

    /** Looks after an unfinished cup. */
    void tick() {
        unlessCut(() -> running().node().settle());
    }

    void publish() {
        unlessCut(() -> deliveries.send(running().outbox()));
    }

    void deliver() {
        unlessCut(() -> deliveries.deliver(running().outbox()));
    }

    void deliverUnheard() {
        unlessCut(() -> deliveries.deliverUnheard(running().outbox()));
    }

    void lose() {
        unlessCut(() -> deliveries.lose(running().outbox()));
    }

    /** Is told what the chain says of its channel and customer. */
    void learn(SimulatedChain chain) {
        var head = chain.head();
        var state = chain.state(head);
        var slot = state.channel(rented.channel);
        var customer = rented.customer().address();
        unlessCut(() -> {
            var node = running().node();
            node.learn(new Fact.Block(head, Instant.ofEpochSecond(chain.time(head))));
            if (slot.periodMinutes() > 0) {
                node.learn(standing(head, slot));
            }
            node.learn(new Fact.CustomerStanding(head, customer, state.epoch(customer), Address.ZERO));
        });
    }

    private Fact standing(long block, ChannelSlot slot) {
        var asked = slot.closeAt() != 0 && !slot.isClosed();
        return new Fact.ChannelStanding(
                block,
                rented.channel,
                slot.deposited(),
                slot.redeemed(),
                slot.periodMinutes(),
                asked ? Optional.of(Instant.ofEpochSecond(slot.closeAt())) : Optional.empty(),
                slot.isClosed());
    }

    private void unlessCut(Runnable work) {
        try {
            work.run();
        } catch (CrashPoints.Crash powerCut) {
            losePower();
        } catch (UncheckedIOException diskFull) {
            // tried again later
        }
    }

    void losePower() {
        running = null;
        disk.losePower();
        facts.losePower();
        deliveries.orphan();
    }

    /** The wall clock jumps. @param survives whether it counts as one that nobody can set, from the next start on */
    void skew(Duration wrongBy, boolean survives) {
        skew = wrongBy;
        battery = survives;
        if (running != null) {
            running.clock().skew(wrongBy);
        }
    }

    void full(boolean isFull) {
        disk.full(isFull);
        facts.full(isFull);
    }

    /** All receipts that a loss of power would leave, in order. */
    List<SignedReceipt> receipts() {
        var durable = new MemoryLog();
        disk.durable(durable::append);
        List<SignedReceipt> receipts = new ArrayList<>();
        new Ledger(durable, rented.channel).receipts(Position.START, (receipt, after) -> receipts.add(receipt));
        return receipts;
    }

    private void checkDurable(Hash job) {
        var digest = Town.DOMAINS.payment();
        Violation.check(
                receipts().stream()
                        .anyMatch(receipt ->
                                digest.digest(receipt.receipt().content()).equals(job)),
                "invariant 2",
                "machine %s pours cup %s, whose receipt is not durable",
                rented.serial,
                job);
    }
}
