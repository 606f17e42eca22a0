package io.crema.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PositionTest {
    @Property
    void shouldReadBackWhatItWrote(
            @ForAll @Size(max = 20) List<@LongRange(min = 0, max = 999_999_999_999L) Long> offsets,
            @ForAll @IntRange(min = 1, max = 16) int partitions) {
        var map = new HashMap<TopicPartition, Long>();
        for (var i = 0; i < offsets.size(); i++) {
            var topic = Position.topics()[i % Position.topics().length];
            map.put(new TopicPartition(topic.topicName(), (i * 7) % partitions), offsets.get(i));
        }
        var position = new Position(map);
        assertThat(Position.decode(position.encode())).isEqualTo(position);
    }

    @Test
    void shouldReachWhatIsNotBeyondIt() {
        var here = Position.decode("r5.7-b2");
        assertThat(here.reaches(Position.decode("r5"))).isTrue();
        assertThat(here.reaches(Position.decode("r.7-b1"))).isTrue();
        assertThat(here.reaches(Position.decode("r5.8"))).isFalse();
        assertThat(here.reaches(Position.decode("q1"))).isFalse();
        assertThat(here.reaches(Position.START)).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNoPosition() {
        for (var text : List.of("z1", "r-", "r1.x", "-", "r99999999999999999999", "r1--b2")) {
            assertThatThrownBy(() -> Position.decode(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("position");
        }
    }

    @Test
    void shouldKeepItsLettersForEver() {
        var first = Position.decode("a1-b2-c3-e4-h5-i6-k7-m8-o9-p10-q11-r12-s13-t14")
                .offsets();
        assertThat(first)
                .containsAllEntriesOf(Map.of(
                        new TopicPartition("chain.agreements.events.v1", 0), 1L,
                        new TopicPartition("channels.balances.table.v1", 0), 2L,
                        new TopicPartition("channels.receipts.events.v1", 0), 12L,
                        new TopicPartition("chain.transactions.events.v1", 0), 14L));
    }
}
