package io.crema.bench.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class MemoryTest {
    @Test
    void shouldTellWhatIsAliveAndHowMuchThatVaries() {
        var memory = new Memory();
        assertThat(memory.spread()).isZero();

        memory.look();
        memory.look();

        assertThat(memory.live()).hasSize(2).allSatisfy(mib -> assertThat(mib).isPositive());
        assertThat(memory.spread())
                .isCloseTo(Math.abs(memory.live().get(0) - memory.live().get(1)), within(0.11));
        assertThat(memory.seconds()).isPositive();
    }
}
