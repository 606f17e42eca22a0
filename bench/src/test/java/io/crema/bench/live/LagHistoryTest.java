package io.crema.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LagHistoryTest {
    private static final long SECOND = 1_000_000_000L;

    private final LagHistory history = new LagHistory();

    @Test
    void shouldCountUntilTheLagIsBackForGood() {
        look(0, 10);
        look(1, 5);
        look(2, 400);
        look(3, 9);
        look(3.5, 300);
        look(5, 8);
        look(6.5, 7);
        look(8, 10);

        assertThat(history.peakSince(0)).isEqualTo(400);
        assertThat(history.peakSince(4 * SECOND)).isEqualTo(10);
        assertThat(history.secondsUntilBackAt(10, SECOND)).isEqualTo(4);
    }

    @Test
    void shouldFindNoRecoveryWhereTheLagStaysHigh() {
        look(0, 1);
        look(1, 100);
        look(9, 100);

        assertThat(history.secondsUntilBackAt(10, 0)).isEqualTo(-1);
    }

    private void look(double seconds, long lag) {
        history.add((long) (seconds * SECOND), lag);
    }
}
