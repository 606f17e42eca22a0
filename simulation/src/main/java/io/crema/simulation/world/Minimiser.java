package io.crema.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out of a failing plan whatever it fails without: halves first, then ever smaller parts. Pure. */
public final class Minimiser {
    private Minimiser() {}

    /**
     * @param fails whether a plan still fails; called at most {@code most} times
     * @return a plan that fails, with no part that was found to be needless
     */
    public static List<Action> minimise(List<Action> failing, Predicate<List<Action>> fails, int most) {
        var plan = failing;
        var left = most;
        for (var part = Math.max(1, plan.size() / 2); ; part = Math.max(1, part / 2)) {
            var smaller = true;
            while (smaller && left > 0) {
                smaller = false;
                for (var from = 0; from < plan.size() && left > 0; left--) {
                    var rest = without(plan, from, Math.min(plan.size(), from + part));
                    if (fails.test(rest)) {
                        plan = rest;
                        smaller = part > 1;
                    } else {
                        from += part;
                    }
                }
            }
            if (part == 1 || left <= 0) {
                return plan;
            }
        }
    }

    private static List<Action> without(List<Action> plan, int from, int to) {
        List<Action> rest = new ArrayList<>(plan.subList(0, from));
        rest.addAll(plan.subList(to, plan.size()));
        return List.copyOf(rest);
    }
}
