package io.crema.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PriceHistoryTest {
    private static final ProductId LATTE = ProductId.named("Latte");
    private static final ProductId TEA = ProductId.named("Tea");
    private static final Instant NINE = Instant.parse("2024-03-01T09:00:00Z");

    @Test
    void shouldStartWithTheFirstPriceOfEachProduct() {
        var history = new PriceHistory();
        history.add(NINE, LATTE, Amount.of(5));
        history.add(NINE, TEA, Amount.of(3));
        assertThat(history.changes()).hasSize(1);
        assertThat(history.changes().getFirst().validFrom()).isEqualTo(Instant.EPOCH);
        assertThat(history.changes().getFirst().prices())
                .containsEntry(LATTE, Amount.of(5))
                .containsEntry(TEA, Amount.of(3));
    }

    @Test
    void shouldMoveASaleOnWhereItsSecondKnowsAnotherPrice() {
        var history = new PriceHistory();
        assertThat(history.add(NINE, LATTE, Amount.of(5))).isEqualTo(NINE);
        assertThat(history.add(NINE, LATTE, Amount.of(6))).isEqualTo(NINE.plusSeconds(1));
        assertThat(history.add(NINE, LATTE, Amount.of(6))).isEqualTo(NINE.plusSeconds(1));
    }

    @Property
    void shouldHaveEverySalesPriceInForceAtItsTime(@ForAll List<@IntRange(max = 11) Integer> sales) {
        var history = new PriceHistory();
        List<Instant> times = new ArrayList<>();
        for (var i = 0; i < sales.size(); i++) {
            times.add(history.add(NINE.plusSeconds(i / 3), product(sales.get(i)), price(sales.get(i))));
        }
        for (var i = 0; i < sales.size(); i++) {
            var at = times.get(i);
            var inForce = history.changes().stream()
                    .filter(change -> !change.validFrom().isAfter(at))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            assertThat(inForce.prices()).containsEntry(product(sales.get(i)), price(sales.get(i)));
        }
        assertThat(times).isSorted();
    }

    private static ProductId product(int code) {
        return code % 2 == 0 ? LATTE : TEA;
    }

    private static Amount price(int code) {
        return Amount.of(1 + code / 4);
    }
}
