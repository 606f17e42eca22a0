package io.crema.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One step of a plan: it stays the same whatever is left out before it.
 *
 * @param who counted over those who can do it
 * @param salt of all that is left to chance in it
 */
public record Action(Kind kind, int who, long salt) {
    private static final int TOTAL =
            List.of(Kind.values()).stream().mapToInt(Kind::weight).sum();

    /** What a seed plans. */
    public static List<Action> plan(long seed, int steps) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        List<Action> plan = new ArrayList<>(steps);
        for (var i = 0; i < steps; i++) {
            plan.add(new Action(kind(random.nextInt(TOTAL)), random.nextInt(1 << 16), random.nextLong()));
        }
        return List.copyOf(plan);
    }

    private static Kind kind(int at) {
        var rest = at;
        for (var kind : Kind.values()) {
            rest -= kind.weight();
            if (rest < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    /** As a story tells it. */
    public String told() {
        var machine = Town.MACHINES.get(who % Town.MACHINES.size());
        var employee = World.employee(this, machine);
        return kind.sentence()
                .replace("%m", machine.serial)
                .replace("%e", employee.name())
                .replace("%t", Folding.name(who));
    }
}
