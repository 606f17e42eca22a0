package io.crema.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MinimiserTest {
    @Test
    void shouldKeepOnlyWhatAPlanFailsWith() {
        var plan = Action.plan(3, 100);
        var needed = List.of(plan.get(7), plan.get(40), plan.get(90));
        var runs = new int[1];

        var least = Minimiser.minimise(
                plan,
                rest -> {
                    runs[0]++;
                    return rest.containsAll(needed);
                },
                400);

        assertThat(least).containsExactlyElementsOf(needed);
        assertThat(runs[0]).isLessThan(200);
    }

    @Test
    void shouldTellAFailureAsAShortStory() {
        var story = Story.tell(1, 100, PlantedFaults.journalWithoutFsync());

        assertThat(story).hasSize(2);
        assertThat(story.getFirst()).contains("1. ", "takes a cup at CM-");
        assertThat(story.getLast()).startsWith("Then: invariant 2: machine CM-");
    }
}
