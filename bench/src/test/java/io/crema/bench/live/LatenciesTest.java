package io.crema.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.bench.live.Latencies.Spread;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
    private static final long MILLI = 1_000_000;

    private final Latencies latencies = new Latencies(100, 2);

    @Test
    void shouldCountFromWhenAReceiptWasDue() {
        for (var i = 0; i < 100; i++) {
            latencies.due(i, 5 * MILLI);
            latencies.seen(0, i, (5 + 1 + i) * MILLI);
        }

        assertThat(latencies.spread(0, 0, 100)).isEqualTo(new Spread(100, 0, 50, 90, 99, 100, 100));
    }

    @Test
    void shouldKeepOnlyTheFirstSight() {
        latencies.due(7, MILLI);

        assertThat(latencies.seen(1, 7, 3 * MILLI)).isTrue();
        assertThat(latencies.seen(1, 7, 9 * MILLI)).isFalse();

        assertThat(latencies.count(1)).isEqualTo(1);
        assertThat(latencies.spread(1, 7, 8).max()).isEqualTo(2);
    }

    @Test
    void shouldTellWhatWasNeverSeen() {
        latencies.due(0, MILLI);
        latencies.seen(0, 0, 2 * MILLI);

        assertThat(latencies.spread(0, 0, 3)).isEqualTo(new Spread(1, 2, 1, 1, 1, 1, 1));
        assertThat(latencies.spread(1, 0, 3).p50()).isEqualTo(-1);
    }
}
