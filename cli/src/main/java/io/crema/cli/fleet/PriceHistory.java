package io.crema.cli.fleet;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The price changes that a list of sales implies: each sale's price is in force at its time. Where two sales of one
 * second would need two prices, the later one is moved on by a second. Not thread-safe; fed in order of time.
 */
public final class PriceHistory {
    private final SortedMap<ProductId, Amount> now = new TreeMap<>();
    private final List<PriceChange> changes = new ArrayList<>();
    private Instant last = Instant.EPOCH;

    /** @return the sale's time: the given one, or moved on so that times never go back and prices never clash */
    public Instant add(Instant time, ProductId product, Amount price) {
        var at = time.isBefore(last) ? last : time;
        var known = now.get(product);
        if (!price.equals(known)) {
            if (known != null && at.equals(last)) {
                at = at.plusSeconds(1);
            }
            now.put(product, price);
            if (known == null) {
                // A product that is new costs from the beginning what it costs at first: no change for anyone.
                changes.replaceAll(change -> with(change, product, price));
            }
            if (changes.isEmpty()) {
                changes.add(new PriceChange(Instant.EPOCH, new TreeMap<>(now)));
            } else if (known != null) {
                changes.add(new PriceChange(at, new TreeMap<>(now)));
            }
        }
        last = at;
        return at;
    }

    /** In order of time; the first is valid from 1970 on. */
    public List<PriceChange> changes() {
        return List.copyOf(changes);
    }

    private static PriceChange with(PriceChange change, ProductId product, Amount price) {
        var prices = new TreeMap<>(change.prices());
        prices.put(product, price);
        return new PriceChange(change.validFrom(), prices);
    }
}
