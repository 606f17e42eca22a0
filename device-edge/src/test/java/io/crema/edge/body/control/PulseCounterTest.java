package io.crema.edge.body.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PulseCounterTest {
    private static final long WINDOW = 3_000_000;

    /** One true change of the contact, and how it swings before it rests: shorter than the window. */
    record Change(long lasts, List<Long> swings) {}

    @Property(tries = 500)
    void shouldCountEachClosingOnceHoweverItBounces(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = WINDOW, max = 50 * WINDOW) Long> halves,
            @ForAll @Size(max = 40) List<@LongRange(min = 1, max = WINDOW / 8) Long> swings,
            @ForAll boolean startsClosed) {
        var counter = new PulseCounter(WINDOW, startsClosed);
        var closed = startsClosed;
        var time = 17L;
        var closings = 0;
        var next = 0;
        for (var half : halves) {
            closed = !closed;
            closings += closed ? 1 : 0;
            counter.edge(closed, time);
            var at = time;
            // Away and back again, as long as both edges fall into the window.
            while (next + 1 < swings.size() && at + swings.get(next) + swings.get(next + 1) - time < WINDOW) {
                at += swings.get(next++);
                counter.edge(!closed, at);
                at += swings.get(next++);
                counter.edge(closed, at);
            }
            time += half;
        }
        assertThat(counter.count()).isEqualTo(closings);
    }

    @Property(tries = 200)
    void shouldLoseNoPulseAtTheFastestRate(@ForAll @IntRange(min = 1, max = 2000) int pulses) {
        var counter = new PulseCounter(WINDOW, false);
        for (var i = 0L; i < pulses; i++) {
            counter.edge(true, 2 * i * WINDOW);
            counter.edge(false, (2 * i + 1) * WINDOW);
        }
        assertThat(counter.count()).isEqualTo(pulses);
    }

    @Property(tries = 200)
    void shouldNeverCountMoreThanTheFastestRate(
            @ForAll @Size(max = 400) List<@LongRange(min = 0, max = 2 * WINDOW) Long> noise) {
        var counter = new PulseCounter(WINDOW, false);
        var closed = false;
        var time = 0L;
        for (var gap : noise) {
            time += gap;
            closed = !closed;
            counter.edge(closed, time);
        }
        assertThat(counter.count()).isLessThanOrEqualTo(time / (2 * WINDOW) + 1);
    }

    @Test
    void shouldIgnoreAnEdgeThatChangesNothing() {
        var counter = new PulseCounter(WINDOW, true);
        assertThat(counter.edge(true, WINDOW)).isFalse();
        assertThat(counter.count()).isZero();
    }
}
