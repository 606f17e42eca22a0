package io.crema.streams.balances;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.events.ChannelFacts;
import io.crema.streams.ChainEvents;
import io.crema.streams.Sales;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class ChainFactsTest {
    private final Sales sales = new Sales();

    @Test
    void shouldFoldWhatTheChainTells() {
        sales.sellMany(3, 10);
        var facts = fold(List.of(
                ChainEvents.opened(sales, 1, 100),
                ChainEvents.toppedUp(sales, 2, 50, 150),
                ChainEvents.redeemed(sales, 3, 30)));
        var standing = ChainFacts.fold(facts);
        assertThat(standing.getStatus()).isEqualTo("OPEN");
        assertThat(standing.getDeposited()).isEqualTo(BigDecimal.valueOf(150));
        assertThat(standing.getRedeemed()).isEqualTo(BigDecimal.valueOf(30));
        assertThat(standing.getRedeemedSequence()).isEqualTo(3);
    }

    @Test
    void shouldNotCountALogTwice() {
        var opened = ChainEvents.opened(sales, 1, 100);
        var facts = fold(List.of(opened));
        assertThat(ChainFacts.add(facts, opened)).isSameAs(facts);
    }

    @Test
    void shouldKeepTheSumOfWhatItForgets() {
        var facts = fold(List.of(ChainEvents.opened(sales, 1, 100)));
        for (var i = 1; i <= 100; i++) {
            facts = ChainFacts.add(facts, ChainEvents.toppedUp(sales, 1 + i, 1, 100 + i));
        }
        assertThat(facts.getRecent()).hasSize(32);
        assertThat(ChainFacts.fold(facts).getDeposited()).isEqualTo(BigDecimal.valueOf(200));
        assertThat(ChainFacts.remove(facts, ChainEvents.origin(2))).isEmpty();
    }

    @Property(tries = 200)
    void shouldComeToTheSameInAnyOrderAndAfterAnyReversals(@ForAll long seed) {
        var random = new Random(seed);
        List<SpecificRecord> kept = new ArrayList<>(List.of(ChainEvents.opened(sales, 1, 100)));
        List<SpecificRecord> all = new ArrayList<>(kept);
        for (var block = 2; block < 20; block++) {
            var event = ChainEvents.toppedUp(sales, block, 1, 100 + block);
            all.add(event);
            if (random.nextBoolean()) {
                kept.add(event);
            }
        }
        var expected = ChainFacts.fold(fold(kept));
        Collections.shuffle(all, random);
        var facts = fold(all);
        for (var block = 2; block < 20; block++) {
            var origin = ChainEvents.origin(block);
            if (kept.stream().noneMatch(event -> event.get(1).equals(origin))) {
                facts = ChainFacts.remove(facts, origin).orElseThrow();
            }
        }
        assertThat(ChainFacts.fold(facts)).isEqualTo(expected);
    }

    private static ChannelFacts fold(List<SpecificRecord> events) {
        var facts = ChainFacts.NONE;
        for (var event : events) {
            facts = ChainFacts.add(facts, event);
        }
        return facts;
    }
}
