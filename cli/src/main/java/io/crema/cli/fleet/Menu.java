package io.crema.cli.fleet;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What machines sell where no trace says it. */
public final class Menu {
    private record Item(String name, long cents, int weight) {}

    private static final List<Item> ITEMS = List.of(
            new Item("Espresso", 150, 16),
            new Item("Americano", 180, 18),
            new Item("Cortado", 200, 10),
            new Item("Cappuccino", 240, 22),
            new Item("Latte", 260, 20),
            new Item("Flat White", 270, 8),
            new Item("Hot Chocolate", 220, 6));
    private static final int WEIGHTS = ITEMS.stream().mapToInt(Item::weight).sum();

    private Menu() {}

    /** Prices by product name. */
    public static SequencedMap<String, Amount> prices(int decimals) {
        SequencedMap<String, Amount> prices = new LinkedHashMap<>();
        var cent = Amount.of(Math.round(Math.pow(10, decimals - 2)));
        ITEMS.forEach(item -> prices.put(item.name(), cent.times(item.cents())));
        return prices;
    }

    /** The menu from the beginning of time on, in the test token. */
    public static PriceChange always() {
        SortedMap<ProductId, Amount> prices = new TreeMap<>();
        prices(Provisioner.DECIMALS).forEach((name, price) -> prices.put(ProductId.named(name), price));
        return new PriceChange(Instant.EPOCH, prices);
    }

    public static Map<ProductId, String> names() {
        Map<ProductId, String> names = new LinkedHashMap<>();
        ITEMS.forEach(item -> names.put(ProductId.named(item.name()), item.name()));
        return names;
    }

    public static Amount dearest(int decimals) {
        return prices(decimals).values().stream().reduce(Amount.ZERO, Amount::max);
    }

    public static ProductId choose(RandomGenerator random) {
        var left = random.nextInt(WEIGHTS);
        for (var item : ITEMS) {
            left -= item.weight();
            if (left < 0) {
                return ProductId.named(item.name());
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
