package io.crema.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SimulationTest {
    @Test
    void shouldRunASeedTwiceAlike() {
        var first = Simulation.run(1, Simulation.STEPS, Wiring.HONEST);
        assertThat(first.failure()).isEmpty();
        assertThat(first.receipts()).isPositive();
        assertThat(first.redemptions()).isPositive();
        assertThat(Simulation.run(1, Simulation.STEPS, Wiring.HONEST)).isEqualTo(first);
    }

    @Test
    void shouldHoldWhateverHappensIn300Seeds() {
        hold(300);
    }

    @Test
    @Tag("long")
    void shouldHoldWhateverHappensIn2000Seeds() {
        hold(2_000);
    }

    private static void hold(int seeds) {
        var summary = Campaign.run(1, seeds, Simulation.STEPS, Wiring.HONEST, failed -> {});
        assertThat(summary.failures()).isEmpty();
        assertThat(summary.receipts()).isGreaterThan(10L * seeds);
        assertThat(summary.redemptions()).isGreaterThan(seeds);
        assertThat(summary.faults().keySet())
                .containsExactly(java.util.Arrays.stream(Kind.values())
                        .filter(Kind::isFault)
                        .toArray(Kind[]::new));
    }
}
