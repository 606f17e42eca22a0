package io.crema.simulation.world;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Runs one seed. Stateless. */
public final class Simulation {
    public static final int STEPS = 300;

    private Simulation() {}

    /**
     * What became of a seed.
     *
     * @param failure what did not hold; empty when all did
     * @param failedAt the number of the step, counted from 0; the plan's length = at rest
     * @param receipts accepted
     * @param redemptions that settlement's transactions did
     * @param digest the same for the same seed and program
     */
    public record Result(
            long seed, Optional<String> failure, int failedAt, int receipts, long redemptions, long digest) {}

    public static Result run(long seed, int steps, Wiring wiring) {
        return run(seed, Action.plan(seed, steps), wiring);
    }

    /** Does the plan, then lets all come to rest. */
    public static Result run(long seed, Collection<Action> plan, Wiring wiring) {
        var world = new World(seed, wiring);
        var done = 0;
        Optional<String> failure = Optional.empty();
        try {
            for (var action : plan) {
                world.step(action);
                done++;
            }
            world.settle();
        } catch (RuntimeException e) {
            failure = Optional.of(told(e));
        }
        return new Result(
                seed, failure, done, world.invariants.receipts(), world.invariants.redemptions(), world.log.digest());
    }

    private static String told(RuntimeException e) {
        if (e instanceof Violation) {
            return String.valueOf(e.getMessage());
        }
        var ours = List.of(e.getStackTrace()).stream()
                .filter(frame -> frame.getClassName().startsWith("io.crema"))
                .findFirst();
        return "an exception: %s%s"
                .formatted(e, ours.map(frame -> " at " + frame).orElse(""));
    }
}
