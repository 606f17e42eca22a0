package io.crema.edge.body.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.edge.body.Limits;
import io.crema.edge.body.Recipe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PourTest {
    private static final long MILLISECOND = 1_000_000;
    private static final Inputs WELL = new Inputs(false, false, false, 1000, new Inputs.Heat.Celsius(93));
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(4), Duration.ofSeconds(60), 110, 70);

    private static Pour begin(int grindSeconds, int millilitres, Inputs in) {
        var recipe = new Recipe(Duration.ofSeconds(grindSeconds), millilitres);
        return Pour.begin(new Pour.Task(recipe, LIMITS, 2000, 0), in);
    }

    private static Inputs pulses(long count) {
        return new Inputs(false, false, false, 1000 + count, new Inputs.Heat.Celsius(93));
    }

    private static Optional<String> failure(Pour pour) {
        return ((Pour.Done) pour).failure();
    }

    @Test
    void shouldGrindThenBrewTheRecipesWater() {
        var pour = begin(7, 30, WELL);
        assertThat(pour.outputs()).isEqualTo(Outputs.GRINDING);
        pour = pour.next(WELL, 6_999 * MILLISECOND);
        assertThat(pour.outputs()).isEqualTo(Outputs.GRINDING);
        pour = pour.next(WELL, 7_000 * MILLISECOND);
        assertThat(pour.outputs()).isEqualTo(Outputs.BREWING);
        pour = pour.next(pulses(59), 8_000 * MILLISECOND);
        assertThat(pour.outputs()).isEqualTo(Outputs.BREWING);
        pour = pour.next(pulses(60), 8_100 * MILLISECOND);
        assertThat(pour.outputs()).isEqualTo(Outputs.OFF);
        assertThat(failure(pour)).isEmpty();
    }

    @Test
    void shouldBrewAtOnceWhenThereIsNothingToGrind() {
        assertThat(begin(0, 200, WELL).outputs()).isEqualTo(Outputs.BREWING);
    }

    @Test
    void shouldStopWhenTheDoorIsOpened() {
        var pour = begin(0, 30, WELL).next(new Inputs(true, false, false, 1010, WELL.heat()), MILLISECOND);
        assertThat(pour.outputs()).isEqualTo(Outputs.OFF);
        assertThat(failure(pour)).contains("The machine's door is open.");
    }

    @Test
    void shouldStopWhenTheTrayIsFullOrTheTankEmpty() {
        assertThat(failure(begin(0, 30, WELL).next(new Inputs(false, true, false, 1010, WELL.heat()), MILLISECOND)))
                .contains("The drip tray is full or not in its place.");
        assertThat(failure(begin(0, 30, WELL).next(new Inputs(false, false, true, 1010, WELL.heat()), MILLISECOND)))
                .contains("The water tank is empty.");
    }

    @Test
    void shouldStopWhenTheBoilerIsTooHotOrNotMeasured() {
        var hot = new Inputs(false, false, false, 1010, new Inputs.Heat.Celsius(110.5));
        var blind = new Inputs(false, false, false, 1010, new Inputs.Heat.Missing());
        assertThat(failure(begin(0, 30, WELL).next(hot, MILLISECOND))).contains("The boiler is too hot (111 °C).");
        assertThat(failure(begin(0, 30, WELL).next(blind, MILLISECOND)))
                .contains("The boiler's temperature cannot be measured.");
    }

    @Test
    void shouldNotBeginWhileHeatingUpButGoOnWhenItCools() {
        var cool = new Inputs(false, false, false, 1010, new Inputs.Heat.Celsius(60));
        assertThat(failure(begin(7, 30, cool))).contains("The machine is still heating up (60 °C).");
        assertThat(begin(7, 30, WELL).next(cool, MILLISECOND).outputs()).isEqualTo(Outputs.GRINDING);
    }

    @Test
    void shouldStopADryPump() {
        var pour = begin(0, 30, WELL).next(pulses(5), 1_000 * MILLISECOND).next(pulses(5), 5_000 * MILLISECOND);
        assertThat(pour.outputs()).isEqualTo(Outputs.BREWING);
        assertThat(failure(pour.next(pulses(5), 5_001 * MILLISECOND))).contains("No water flows.");
    }

    @Test
    void shouldStopWhatTakesTooLong() {
        var pour = begin(0, 1000, WELL);
        for (var second = 1; second <= 60; second++) {
            pour = pour.next(pulses(second), second * 1000L * MILLISECOND);
            assertThat(pour.outputs()).isEqualTo(Outputs.BREWING);
        }
        assertThat(failure(pour.next(pulses(61), 60_001 * MILLISECOND))).contains("The cup took too long.");
    }

    /** Whatever happens: it ends in time, and nothing is on after a reason to stop. */
    @Property(tries = 300)
    void shouldAlwaysEnd(
            @ForAll @IntRange(max = 30) int grind,
            @ForAll @IntRange(min = 1, max = 1000) int millilitres,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 40) Integer> flow,
            @ForAll @IntRange(max = 400) int opened) {
        var pour = begin(grind, millilitres, WELL);
        var count = 0L;
        for (var step = 1; step <= 620; step++) {
            count += step <= flow.size() ? flow.get(step - 1) : 0;
            var open = step == opened;
            pour = pour.next(new Inputs(open, false, false, 1000 + count, WELL.heat()), step * 100L * MILLISECOND);
            if (open) {
                assertThat(pour.outputs()).isEqualTo(Outputs.OFF);
            }
        }
        assertThat(pour).isInstanceOf(Pour.Done.class);
        assertThat(pour.outputs()).isEqualTo(Outputs.OFF);
    }
}
