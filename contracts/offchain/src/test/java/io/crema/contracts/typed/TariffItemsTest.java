package io.crema.contracts.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TariffItemsTest {

    @Property(tries = 60)
    void shouldProveEveryPriceAndNoOther(@ForAll @IntRange(min = 1, max = 40) int size) {
        var items = new TariffItems(prices(size));
        items.prices().forEach((product, price) -> {
            var proof = items.proof(product);
            assertThat(TariffItems.verify(items.root(), product, price, proof)).isTrue();
            assertThat(TariffItems.verify(items.root(), product, price.plus(Amount.of(1)), proof))
                    .isFalse();
            assertThat(TariffItems.verify(items.root(), ProductId.named("tea"), price, proof))
                    .isFalse();
            assertThat(TariffItems.verify(Hash.ZERO, product, price, proof)).isFalse();
            var longer = new ArrayList<>(proof);
            longer.add(Hash.ZERO);
            assertThat(TariffItems.verify(items.root(), product, price, longer)).isFalse();
            if (!proof.isEmpty()) {
                assertThat(TariffItems.verify(items.root(), product, price, proof.subList(1, proof.size())))
                        .isFalse();
            }
            assertThat(items.price(product)).contains(price);
        });
    }

    @Property(tries = 60)
    void shouldHaveOneRootWhateverTheOrderOfItsItems(@ForAll @IntRange(min = 2, max = 40) int size) {
        var prices = prices(size);
        Map<ProductId, Amount> reversed = new LinkedHashMap<>();
        new ArrayList<>(prices.keySet())
                .reversed()
                .forEach(product -> reversed.put(product, prices.getOrDefault(product, Amount.ZERO)));
        assertThat(new TariffItems(reversed).root()).isEqualTo(new TariffItems(prices).root());
        var changed = new LinkedHashMap<>(prices);
        changed.put(ProductId.named("Product 0"), Amount.of(1));
        assertThat(new TariffItems(changed).root()).isNotEqualTo(new TariffItems(prices).root());
    }

    @Test
    void shouldNameAMissingProduct() {
        var items = new TariffItems(prices(2));
        var tea = ProductId.named("tea");
        assertThatThrownBy(() -> items.proof(tea)).hasMessageContaining(tea.toString());
        assertThat(items.price(tea)).isEmpty();
        assertThatThrownBy(() -> new TariffItems(Map.of())).hasMessageContaining("at least one product");
    }

    @Test
    void shouldListAllProofSiblingsOnlyWhereThereAreAny() {
        var alone = new TariffItems(prices(1));
        assertThat(alone.proof(ProductId.named("Product 0"))).isEqualTo(List.of());
    }

    private static Map<ProductId, Amount> prices(int size) {
        Map<ProductId, Amount> prices = new LinkedHashMap<>();
        for (var i = 0; i < size; i++) {
            prices.put(ProductId.named("Product " + i), Amount.of(1_000 + i));
        }
        return prices;
    }
}
