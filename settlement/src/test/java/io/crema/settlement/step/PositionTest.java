package io.crema.settlement.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

final class PositionTest {

    @Property
    void shouldSurviveItsMetadata(
            @ForAll @Size(max = 50) @UniqueElements List<@LongRange(min = 0, max = 1_000_000_000) Long> offsets,
            @ForAll @LongRange(min = 1_000_000_001, max = 2_000_000_000) long next) {
        var position = new Position(next, new TreeSet<>(offsets));

        assertThat(Position.of(position.offset(), position.metadata())).isEqualTo(position);
    }

    @Test
    void shouldFitIntoKafkasMetadataWhenFull() {
        var open = new TreeSet<Long>();
        for (var i = 0L; i < Position.MOST_OPEN; i++) {
            open.add(5_000_000 + i * 15_000);
        }
        assertThat(new Position(50_000_000, open).metadata()).hasSizeLessThan(4_096);
    }

    @Test
    void shouldPassOverGapsAndWhatWasClosed() {
        var position = Position.START.read(3).read(7).read(8).closed(3).closed(8);

        assertThat(position.offset()).isEqualTo(7);
        assertThat(position.isOpen(3)).isFalse();
        assertThat(position.isOpen(7)).isTrue();
        assertThat(position.isOpen(8)).isFalse();
        assertThat(position.isOpen(9)).isTrue();
        assertThat(position.closed(7).offset()).isEqualTo(9);
    }
}
