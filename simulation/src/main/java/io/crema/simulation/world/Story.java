package io.crema.simulation.world;

import java.util.ArrayList;
import java.util.List;

/** A failing seed, made short and told in sentences. Stateless. */
public final class Story {
    private static final int MOST_RUNS = 400;

    private Story() {}

    /** Numbered sentences, then what did not hold. */
    public static List<String> tell(long seed, int steps, Wiring wiring) {
        var first = Simulation.run(seed, steps, wiring);
        var whole = Action.plan(seed, steps);
        var plan = Minimiser.minimise(
                whole.subList(0, Math.min(whole.size(), first.failedAt() + 1)),
                rest -> Simulation.run(seed, rest, wiring).failure().isPresent(),
                MOST_RUNS);
        var end = Simulation.run(seed, plan, wiring);
        List<String> story = new ArrayList<>();
        for (var action : plan) {
            story.add("%3d. %s".formatted(story.size() + 1, action.told()));
        }
        story.add((end.failedAt() == plan.size() ? "At rest: " : "Then: ")
                + end.failure().orElse("it holds again"));
        return List.copyOf(story);
    }
}
