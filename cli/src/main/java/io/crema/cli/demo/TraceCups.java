package io.crema.cli.demo;

import io.crema.cli.fleet.PriceChange;
import io.crema.cli.fleet.PriceHistory;
import io.crema.cli.trace.Trace;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The card sales of a trace as cups. Each card belongs to one machine: the first card to the first machine, the second
 * to the second, and so on around.
 */
final class TraceCups implements CupSource {
    private final List<Iterator<PlannedCup>> byMachine = new ArrayList<>();
    private final List<PriceHistory> prices = new ArrayList<>();
    private final Map<ProductId, String> names = new LinkedHashMap<>();
    private final List<Amount> totals;
    private final int cups;

    TraceCups(Trace trace, int machines) {
        Map<String, Integer> machineOfCard = new HashMap<>();
        totals = new ArrayList<>(Collections.nCopies(machines, Amount.ZERO));
        List<List<PlannedCup>> lists = new ArrayList<>();
        for (var i = 0; i < machines; i++) {
            prices.add(new PriceHistory());
            lists.add(new ArrayList<>());
        }
        for (var row : trace.cards()) {
            var next = machineOfCard.size() % machines;
            int machine = machineOfCard.computeIfAbsent(row.card(), card -> next);
            var product = ProductId.named(row.product());
            names.put(product, row.product());
            totals.set(machine, totals.get(machine).plus(row.price()));
            var time = prices.get(machine).add(row.time(), product, row.price());
            var attempt = Keccak.hash("trace row %d %s %s %s %s"
                    .formatted(row.line(), row.time(), row.card(), row.price(), row.product())
                    .getBytes(StandardCharsets.UTF_8));
            lists.get(machine)
                    .add(new PlannedCup(attempt, row.card(), product, Optional.of(time), OptionalInt.of(row.line())));
        }
        lists.forEach(list -> byMachine.add(list.iterator()));
        cups = trace.cards().size();
    }

    @Override
    public Optional<PlannedCup> next(int machine) {
        var left = byMachine.get(machine);
        synchronized (left) {
            return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
        }
    }

    @Override
    public OptionalLong total() {
        return OptionalLong.of(cups);
    }

    /** What the machine charged when. */
    List<PriceChange> prices(int machine) {
        return prices.get(machine).changes();
    }

    /** What the machine takes in. */
    Amount total(int machine) {
        return totals.get(machine);
    }

    Map<ProductId, String> productNames() {
        return names;
    }
}
