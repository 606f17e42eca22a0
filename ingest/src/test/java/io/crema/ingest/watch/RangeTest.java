package io.crema.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RangeTest {
    @Test
    void shouldGrowWhileThereIsLittle() {
        var range = new Range(2_000, 10_000);
        for (var i = 0; i < 10; i++) {
            range.answered(range.blocks(), 0);
        }
        assertThat(range.blocks()).isEqualTo(2_000);
    }

    @Test
    void shouldAskForTheWantedNumberOfLogs() {
        var range = new Range(2_000, 10_000);
        range.answered(64, 64_000);
        assertThat(range.blocks()).isEqualTo(10);
        range.answered(10, 100_000);
        assertThat(range.blocks()).isEqualTo(1);
        range.answered(1, 500_000);
        assertThat(range.blocks()).isEqualTo(1);
        range.answered(1, 1);
        assertThat(range.blocks()).isEqualTo(2);
    }

    @Test
    void shouldTakeTheNodesAdvice() {
        var range = new Range(2_000, 10_000);
        range.refused(64, 17);
        assertThat(range.blocks()).isEqualTo(17);
        range.refused(17, 0);
        assertThat(range.blocks()).isEqualTo(8);
    }

    @Property
    void shouldFindTheNodesLimitAndComeBackWhenItIsLifted(@ForAll @IntRange(min = 1, max = 3_000) int limit) {
        var range = new Range(2_000, 10_000);
        var refused = 0;
        for (var i = 0; i < 300; i++) {
            if (range.blocks() > limit) {
                refused++;
                range.refused(range.blocks(), 0);
            } else {
                range.answered(range.blocks(), 0);
            }
        }
        assertThat(refused).isLessThan(40);
        for (var i = 0; i < 500; i++) {
            range.answered(range.blocks(), 0);
        }
        assertThat(range.blocks()).isEqualTo(2_000);
    }
}
