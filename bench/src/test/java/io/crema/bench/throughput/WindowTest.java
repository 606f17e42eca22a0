package io.crema.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.bench.throughput.Window.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void shouldCountFromTheWarmUpToTheLastCommitBeforeTheLoadEnds() {
        var window = new Window(100, 1_000, 60);

        assertThat(window.take(at(0, 0))).isFalse();
        assertThat(window.take(at(1, 99))).isFalse();
        assertThat(window.take(at(2, 100))).isFalse();
        assertThat(window.take(at(4, 500))).isFalse();
        assertThat(window.take(at(6, 900))).isFalse();
        assertThat(window.take(at(20, 1_000))).isTrue();

        var rate = window.rate("some", "warm");
        assertThat(rate.receipts()).isEqualTo(800);
        assertThat(rate.seconds()).isEqualTo(4);
        assertThat(rate.perSecond()).isEqualTo(200);
        assertThat(rate.cpuMicrosFolding()).isEqualTo(5_000);
        assertThat(rate.cpuMicrosBroker()).isEqualTo(2_500);
    }

    @Test
    void shouldEndWithItsTime() {
        var window = new Window(0, 1_000_000, 3);

        assertThat(window.take(at(0, 0))).isFalse();
        assertThat(window.take(at(2, 300))).isFalse();
        assertThat(window.take(at(3, 400))).isTrue();

        var rate = window.rate("some", "warm");
        assertThat(rate.perSecond()).isEqualTo(133);
        assertThat(rate.slowestTenth()).isEqualTo(100);
    }

    @Test
    void shouldNotCountWhatAnEarlierLoadHasLeft() {
        var window = new Window(0, 1_000, 60);

        assertThat(window.take(at(0, -500))).isFalse();
        assertThat(window.take(at(1, 0))).isFalse();
        assertThat(window.take(at(2, 700))).isFalse();
        assertThat(window.take(at(3, 1_000))).isTrue();

        assertThat(window.rate("some", "cold").receipts()).isEqualTo(700);
    }

    private static Sample at(int seconds, long receipts) {
        return new Sample(
                seconds * 1_000_000_000L, receipts, Duration.ofSeconds(seconds), Duration.ofMillis(500L * seconds));
    }
}
