package io.crema.edge.body.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SettledContactTest {
    private static final long HOLD = 30;

    @Test
    void shouldFollowWhatLasts() {
        var door = new SettledContact(HOLD, true);
        assertThat(door.sample(false, 100)).isTrue();
        assertThat(door.sample(false, 129)).isTrue();
        assertThat(door.sample(false, 130)).isFalse();
        assertThat(door.sample(true, 131)).isFalse();
        assertThat(door.sample(true, 161)).isTrue();
    }

    @Property
    void shouldNotFollowWhatSwings(@ForAll @Size(max = 50) List<@LongRange(min = 1, max = HOLD - 1) Long> swings) {
        var door = new SettledContact(HOLD, true);
        var time = 0L;
        for (var swing : swings) {
            assertThat(door.sample(false, time)).isTrue();
            time += swing;
            assertThat(door.sample(true, time)).isTrue();
            time++;
        }
    }
}
