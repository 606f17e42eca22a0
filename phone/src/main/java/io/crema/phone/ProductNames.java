package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.value.ProductId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Names of products. A tariff carries ids only, but an id is the hash of the name: so a name that anybody suggests is
 * either right or fits no product.
 */
final class ProductNames {
    private static final String NAME = "product-names";
    private static final int MOST = 200;
    private static final int LONGEST = 60;
    private static final List<String> USUAL = List.of(
            "Americano",
            "Americano with Milk",
            "Cafe Creme",
            "Caffe Latte",
            "Cappuccino",
            "Chai",
            "Cocoa",
            "Coffee",
            "Cortado",
            "Doppio",
            "Espresso",
            "Espresso Macchiato",
            "Flat White",
            "Hot Chocolate",
            "Hot Milk",
            "Hot Water",
            "Latte",
            "Latte Macchiato",
            "Lungo",
            "Mocha",
            "Ristretto",
            "Tea");

    private final WalletStore store;

    ProductNames(WalletStore store) {
        this.store = store;
    }

    Optional<String> of(ProductId product) {
        return Optional.ofNullable(all().get(product));
    }

    void learn(Collection<String> names) {
        var known = new TreeSet<>(learned());
        for (var name : names) {
            if (name.length() > LONGEST) {
                throw new IllegalArgumentException("a product's name has at most %d characters, got %d: %s..."
                        .formatted(LONGEST, name.length(), name.substring(0, LONGEST)));
            }
            if (!USUAL.contains(name) && known.size() < MOST) {
                known.add(name);
            }
        }
        if (!known.equals(new TreeSet<>(learned()))) {
            var out = new ByteWriter();
            known.forEach(it -> Texts.write(out, it));
            store.put(NAME, out.toBytes());
        }
    }

    private Map<ProductId, String> all() {
        var names = new HashMap<ProductId, String>();
        USUAL.forEach(it -> names.put(ProductId.named(it), it));
        learned().forEach(it -> names.put(ProductId.named(it), it));
        return names;
    }

    private List<String> learned() {
        return store.get(NAME)
                .map(bytes -> {
                    var in = new ByteReader(bytes);
                    var names = new ArrayList<String>();
                    while (in.remaining() > 0) {
                        names.add(Texts.read(in));
                    }
                    return List.copyOf(names);
                })
                .orElse(List.of());
    }
}
