package io.crema.simulation.world;

import io.crema.contracts.value.Amount;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.WriterFencedException;
import io.crema.simulation.streams.SimulatedTask;
import io.crema.simulation.streams.TopologyPlan;
import io.crema.streams.channels.BalancesSettings;
import io.crema.streams.channels.BalancesTopology;
import io.crema.streams.redemption.RedemptionPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** One task of the balances topology: who has it, and who had it and does not know yet. Not thread-safe. */
final class Folding {
    /** Of every topic. */
    static final int PARTITIONS = 2;

    /** Making one takes longer than a seed. */
    private static final ThreadLocal<TopologyPlan> PLAN = ThreadLocal.withInitial(Folding::plan);

    final CrashPoints crash = new CrashPoints();
    private final int subtopology;
    private final int partition;
    private final SimulatedLog log;
    private final InstantSource clock;
    private final Wiring wiring;
    private final List<SimulatedTask> zombies = new ArrayList<>();
    private @Nullable SimulatedTask task;

    private Folding(int subtopology, int partition, SimulatedLog log, InstantSource clock, Wiring wiring) {
        this.subtopology = subtopology;
        this.partition = partition;
        this.log = log;
        this.clock = clock;
        this.wiring = wiring;
    }

    /** All tasks of the topology. */
    static List<Folding> all(SimulatedLog log, InstantSource clock, Wiring wiring) {
        List<Folding> all = new ArrayList<>();
        for (var subtopology : PLAN.get().subtopologies()) {
            for (var partition = 0; partition < PARTITIONS; partition++) {
                all.add(new Folding(subtopology, partition, log, clock, wiring));
            }
        }
        return List.copyOf(all);
    }

    /** The task that a number stands for, counted over all. */
    static String name(int number) {
        var task = number % (PLAN.get().subtopologies().size() * PARTITIONS);
        return "task " + task / PARTITIONS + "_" + task % PARTITIONS;
    }

    private static TopologyPlan plan() {
        var policy = RedemptionPolicy.of(Amount.of(4_000), Duration.ofSeconds(60), 20);
        var settings = new BalancesSettings(
                PARTITIONS,
                Town.DOMAINS.payment(),
                policy,
                BalancesSettings.DEFAULT_MOST_WAITING,
                Duration.ofSeconds(1));
        return new TopologyPlan("crema-balances", BalancesTopology.of(settings));
    }

    /** Starts if it is down and may, then does one step. @param most records to read of each input */
    void step(ToIntFunction<Place> most) {
        var running = task;
        try {
            if (running == null) {
                running = SimulatedTask.start(PLAN.get(), subtopology, partition, log, clock, crash, wiring.tasks())
                        .orElse(null);
                task = running;
            }
            if (running != null) {
                running.step(most);
            }
        } catch (CrashPoints.Crash | WriterFencedException gone) {
            zombies.remove(running);
            if (task == running) {
                task = null;
            }
        }
    }

    /** It goes on unaware, and is given to somebody else. */
    void split() {
        if (task != null) {
            zombies.add(task);
            task = null;
            step(place -> 0);
        }
    }

    /**
     * Stands still in the middle of a step; it is given to somebody else, who works.
     *
     * @param points of the step that are passed before
     */
    void pause(int points) {
        crash.pauseAfter(points, () -> {
            if (task != null) {
                zombies.add(task);
                task = null;
            }
            step(place -> 3);
            step(place -> 3);
        });
    }

    void stepZombie(ToIntFunction<Place> most) {
        if (zombies.isEmpty()) {
            return;
        }
        try {
            zombies.getFirst().step(most);
        } catch (CrashPoints.Crash | WriterFencedException gone) {
            zombies.removeFirst();
        }
    }

    void kill() {
        task = null;
    }

    void killZombies() {
        zombies.clear();
    }

    @Override
    public String toString() {
        return "task " + subtopology + "_" + partition;
    }
}
