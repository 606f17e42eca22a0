package io.crema.cli.demo;

import io.crema.cli.fleet.Rentals;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.cli.trace.Trace;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.edge.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Watches a run: tells its story, kills services when their time has come, and counts. Thread-safe. */
final class RunWatch implements FleetRun.Listener {
    private static final int FAULT_PERCENT = 40;
    private static final long FAULT_CUPS = 40;

    private final OptionalLong total;
    private final Narrator narrator;
    private final DemoServices services;
    private final World world;
    private final Credit credit;
    private final String faultyMachine;
    private final OptionalInt offline;
    private final List<Kill> kills;
    private final List<DemoReport.Killed> killed = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> killers = Collections.synchronizedList(new ArrayList<>());
    private final List<DemoReport.RefusedRow> refused = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean faultBegun = new AtomicBoolean();
    private final AtomicBoolean online = new AtomicBoolean();
    private volatile DemoReport.@Nullable Offline wasOffline;
    private final AtomicInteger paid = new AtomicInteger();
    private volatile double firstCupSeconds;
    private volatile @Nullable FleetRun run;
    private volatile @Nullable ReadModelProbe probe;

    RunWatch(
            DemoOptions options,
            OptionalLong total,
            Narrator narrator,
            DemoServices services,
            World world,
            Credit credit,
            Rentals rentals) {
        this.total = total;
        this.narrator = narrator;
        this.services = services;
        this.world = world;
        this.credit = credit;
        this.faultyMachine = rentals.machines().getFirst().serial();
        this.offline = options.offline();
        this.kills = Collections.synchronizedList(new ArrayList<>(options.kills()));
    }

    void watch(FleetRun watched) {
        run = watched;
    }

    void probe(ReadModelProbe measuring) {
        probe = measuring;
    }

    @Override
    public void served(RentedMachine machine, SignedReceipt receipt, long cups) {
        var content = receipt.receipt().content();
        if (cups == 1) {
            firstCupSeconds = narrator.seconds();
            narrator.say("The first cup is poured by machine %s.".formatted(machine.serial()));
        }
        paid.incrementAndGet();
        var measuring = probe;
        if (measuring != null) {
            measuring.served(content.channel(), content.sequence());
        }
        credit.spent(machine.serial(), content.total());
        killWhatIsDue(cups);
        plugInWhenDue(cups);
        if (machine.serial().equals(faultyMachine) && isFaultDue(cups) && faultBegun.compareAndSet(false, true)) {
            narrator.say("The boiler of machine %s runs hot.".formatted(machine.serial()));
            BoilerFault.happen(world, machine.serial(), clock());
        }
        narrator.progress(progress(cups));
    }

    @Override
    public void failed(RentedMachine machine, SignedReceipt receipt, String reason) {
        paid.incrementAndGet();
        narrator.say("Machine %s took the payment but did not pour (%s); the next cup is credited."
                .formatted(machine.serial(), reason));
    }

    @Override
    public void refused(RentedMachine machine, PlannedCup cup, String reason) {
        narrator.say("Machine %s refused a cup: %s".formatted(machine.serial(), reason));
        cup.line().ifPresent(line -> refused.add(new DemoReport.RefusedRow(line, reason)));
    }

    @Override
    public void outOfCredit(RentedMachine machine) {
        credit.topUp(machine.serial());
    }

    /** Brings the progress line up to date. */
    void tick() {
        var watched = run;
        if (watched != null && watched.cups() > 0) {
            narrator.progress(progress(watched.cups()));
        }
    }

    /** Returns when every killed service is back. */
    void awaitKills() throws InterruptedException {
        for (var killer : List.copyOf(killers)) {
            killer.join();
        }
    }

    double firstCupSeconds() {
        return firstCupSeconds;
    }

    Latencies readModel() {
        var measuring = probe;
        return measuring == null ? new Latencies() : measuring.latencies();
    }

    /** Empty for machines that were always online. */
    Optional<DemoReport.Offline> offline() {
        return Optional.ofNullable(wasOffline);
    }

    List<DemoReport.Killed> killed() {
        return List.copyOf(killed);
    }

    DemoReport.TraceCounts traceCounts(Optional<Trace> trace) {
        if (trace.isEmpty()) {
            return new DemoReport.TraceCounts(0, 0, 0, List.of());
        }
        List<DemoReport.RefusedRow> rows = new ArrayList<>(refused);
        trace.get().refused().forEach(row -> rows.add(new DemoReport.RefusedRow(row.line(), row.reason())));
        rows.sort(Comparator.comparingInt(DemoReport.RefusedRow::line));
        return new DemoReport.TraceCounts(
                trace.get().rows(), paid.get(), trace.get().cash().size(), rows);
    }

    private boolean isFaultDue(long cups) {
        return total.isPresent() ? cups * 100 >= total.getAsLong() * FAULT_PERCENT : cups >= FAULT_CUPS;
    }

    private MachineClock clock() {
        var watched = run;
        if (watched == null) {
            throw new IllegalStateException("no run is watched yet");
        }
        return watched.clock(0);
    }

    private void killWhatIsDue(long cups) {
        if (total.isEmpty()) {
            return;
        }
        synchronized (kills) {
            for (var due : kills.stream()
                    .filter(kill -> cups * 100 >= total.getAsLong() * kill.percent())
                    .toList()) {
                kills.remove(due);
                killers.add(
                        Thread.ofVirtual().name("kill-" + due.service().text()).start(() -> kill(due, cups)));
            }
        }
    }

    private void plugInWhenDue(long cups) {
        if (offline.isPresent()
                && total.isPresent()
                && cups * 100 >= total.getAsLong() * offline.getAsInt()
                && online.compareAndSet(false, true)) {
            goOnline(cups);
        }
    }

    /** Ends the time offline, if the last cups were failed or refused ones. */
    void allAreServed(long cups) {
        if (offline.isPresent() && online.compareAndSet(false, true)) {
            goOnline(cups);
        }
    }

    private void goOnline(long cups) {
        var kept = services.plugIn();
        wasOffline = new DemoReport.Offline(cups, kept);
        narrator.say("The machines have found the network at cup %,d, with %,d receipts in their journals."
                .formatted(cups, kept));
    }

    private void kill(Kill due, long cups) {
        var pid = services.killAndRestart(due.service());
        killed.add(new DemoReport.Killed(due.service().text(), pid, cups));
        narrator.say("%s (process %d) was killed at cup %,d and is back."
                .formatted(due.service().text(), pid, cups));
    }

    private String progress(long cups) {
        var rate = cups / Math.max(0.001, narrator.seconds() - firstCupSeconds);
        return total.isPresent()
                ? String.format(Locale.ROOT, "%,d of %,d cups, %.0f per second", cups, total.getAsLong(), rate)
                : String.format(Locale.ROOT, "%,d cups, %.1f per second", cups, rate);
    }
}
