package io.crema.edge.body;

import io.crema.contracts.value.ProductId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of machine this is: all that its Thing Description is made of.
 *
 * @param manufacturer in words
 * @param model in words
 * @param products in the order of the buttons
 * @param quantities that it measures
 * @param events that it can report
 */
public record MachineType(
        String manufacturer, String model, List<Product> products, Set<Quantity> quantities, Set<EventKind> events) {
    public MachineType {
        products = List.copyOf(products);
        quantities = Set.copyOf(quantities);
        events = Set.copyOf(events);
    }

    public Optional<Product> product(ProductId id) {
        return products.stream().filter(product -> product.id().equals(id)).findFirst();
    }
}
