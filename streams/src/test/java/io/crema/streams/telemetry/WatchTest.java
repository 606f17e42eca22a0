package io.crema.streams.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.streams.telemetry.Watch.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final FaultRule RULE = FaultRule.BOILER_OVERHEATED;
    private static final Hash FAULT = TypedData.keccak("fault");

    @Test
    void shouldRaiseOnlyWhatLastsLongEnough() {
        var watch = step(Watch.NOTHING, 106, 0).next();
        assertThat(step(watch, 106, 29).change()).isEqualTo(Change.NONE);
        var raised = step(watch, 106, 30);
        assertThat(raised.change()).isEqualTo(Change.RAISED);
        assertThat(raised.beyondSince()).isEqualTo(Instant.ofEpochSecond(0));
    }

    @Test
    void shouldStartAnewWhenTheReadingFallsBack() {
        var watch = step(step(Watch.NOTHING, 106, 0).next(), 105, 20).next();
        assertThat(step(watch, 106, 40).change()).isEqualTo(Change.NONE);
    }

    @Test
    void shouldIgnoreAReadingOfThePast() {
        var watch = step(Watch.NOTHING, 106, 100).next();
        assertThat(step(watch, 20, 50).next()).isEqualTo(watch);
    }

    @Test
    void shouldRaiseNoSecondFaultFromOneBatch() {
        var watch = step(Watch.NOTHING, 106, 0).next();
        var second = watch.judge(RULE, 106, Instant.ofEpochSecond(60), Optional.empty());
        assertThat(second.change()).isEqualTo(Change.NONE);
        assertThat(step(second.next(), 106, 61).change()).isEqualTo(Change.RAISED);
    }

    @Property
    void shouldRaiseAndClearInTurns(@ForAll @Size(max = 200) List<@IntRange(min = 90, max = 115) Integer> readings) {
        var watch = Watch.NOTHING;
        var open = false;
        for (var i = 0; i < readings.size(); i++) {
            var step = step(watch, readings.get(i), 10L * i);
            if (step.change() == Change.RAISED) {
                assertThat(open).isFalse();
                var from = Math.max(0, i - 3);
                assertThat(readings.subList(from, i + 1)).hasSize(4).allMatch(value -> value > RULE.above());
                open = true;
            } else if (step.change() == Change.CLEARED) {
                assertThat(open).isTrue();
                assertThat((double) readings.get(i)).isLessThan(RULE.clearBelow());
                open = false;
            }
            watch = step.next();
            assertThat(watch.fault().isPresent()).isEqualTo(open);
        }
    }

    private static Watch.Step step(Watch watch, double value, long second) {
        return watch.judge(RULE, value, Instant.ofEpochSecond(second), Optional.of(FAULT));
    }
}
