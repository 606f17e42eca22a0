package io.crema.cli.demo;

import io.crema.cli.audit.Served;
import io.crema.cli.fleet.Staff;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.edge.node.Press;
import io.crema.edge.node.Refusal;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** People at machines: one thread per machine presses buttons and holds phones, one cup after the other. */
final class FleetRun {
    private static final int TRIES = 5;

    /** What happens along the way. Called by the machines' threads. */
    interface Listener {
        /** A cup was poured; {@code cups} counts over the fleet. */
        void served(RentedMachine machine, SignedReceipt receipt, long cups);

        /** A cup was paid but not poured. */
        void failed(RentedMachine machine, SignedReceipt receipt, String reason);

        /** A cup was refused for good. */
        void refused(RentedMachine machine, PlannedCup cup, String reason);

        /** The channel's credit is used up: pays more in, and returns when the machine has been told. */
        void outOfCredit(RentedMachine machine);
    }

    private final World world;
    private final List<RentedMachine> machines;
    private final List<MachineClock> clocks;
    private final CupSource source;
    private final Staff staff;
    private final Pace pace;
    private final Domain domain;
    private final Listener listener;
    private final Latencies taps = new Latencies();
    private final AtomicLong cups = new AtomicLong();
    private final List<Served> served = Collections.synchronizedList(new ArrayList<>());
    private final Map<ChannelId, Amount> totals = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    private final CountDownLatch left;
    private volatile boolean stopping;

    FleetRun(
            World world,
            List<RentedMachine> machines,
            CupSource source,
            Staff staff,
            Pace pace,
            Domain domain,
            Listener listener) {
        this.world = world;
        this.machines = List.copyOf(machines);
        this.clocks = machines.stream().map(machine -> new MachineClock()).toList();
        this.source = source;
        this.staff = staff;
        this.pace = pace;
        this.domain = domain;
        this.listener = listener;
        this.left = new CountDownLatch(machines.size());
    }

    void start() {
        for (var i = 0; i < machines.size(); i++) {
            var machine = i;
            Thread.ofVirtual().name("machine-" + machines.get(i).serial()).start(() -> serveAll(machine));
        }
    }

    /** Lets nobody come any more; cups that were begun are finished. */
    void stop() {
        stopping = true;
        pace.stop();
    }

    /**
     * Waits until everybody has left.
     *
     * @return false when the time was over first
     * @throws RuntimeException what a machine's thread died of
     */
    boolean await(long time, TimeUnit unit) throws InterruptedException {
        var done = left.await(time, unit);
        var died = fault.get();
        if (died != null) {
            throw died;
        }
        return done;
    }

    long cups() {
        return cups.get();
    }

    Latencies taps() {
        return taps;
    }

    List<Served> served() {
        return List.copyOf(served);
    }

    /** The newest total of every channel in which something was paid. */
    Map<ChannelId, Amount> totals() {
        return Map.copyOf(totals);
    }

    /** The time at a machine. */
    MachineClock clock(int machine) {
        return clocks.get(machine);
    }

    private void serveAll(int index) {
        try {
            while (!stopping) {
                var cup = source.next(index);
                if (cup.isEmpty() || !pace.await(cup.get())) {
                    return;
                }
                serve(index, cup.get());
            }
        } catch (RuntimeException e) {
            fault.compareAndSet(null, e);
            stop();
        } finally {
            left.countDown();
        }
    }

    private void serve(int index, PlannedCup cup) {
        var machine = machines.get(index);
        var phone = staff.phone(cup.employee(), machine.customer(), clocks.get(index));
        for (var attempt = 1; ; attempt++) {
            var time = clocks.get(index).advanceTo(cup.time().orElseGet(pace::now));
            var begun = System.nanoTime();
            switch (world.press(machine.serial(), new Press(cup.product(), cup.attempt()), phone, time)) {
                case TapOutcome.Served outcome -> {
                    taps.add(System.nanoTime() - begun);
                    served(machine, outcome.receipt());
                    return;
                }
                case TapOutcome.Failed outcome -> {
                    paid(outcome.receipt());
                    listener.failed(machine, outcome.receipt(), outcome.reason());
                    return;
                }
                case TapOutcome.Refused outcome -> {
                    if (attempt >= TRIES || stopping) {
                        listener.refused(machine, cup, outcome.sentence());
                        return;
                    }
                    if (outcome.refusal() == Refusal.NO_CREDIT) {
                        listener.outOfCredit(machine);
                    } else if (outcome.refusal() != Refusal.TAP_LOST) {
                        listener.refused(machine, cup, outcome.sentence());
                        return;
                    }
                }
            }
        }
    }

    private void served(RentedMachine machine, SignedReceipt receipt) {
        paid(receipt);
        var content = receipt.receipt().content();
        served.add(new Served(content.channel(), content.sequence(), domain.digest(content)));
        listener.served(machine, receipt, cups.incrementAndGet());
    }

    private void paid(SignedReceipt receipt) {
        var content = receipt.receipt().content();
        totals.merge(content.channel(), content.total(), Amount::max);
    }
}
