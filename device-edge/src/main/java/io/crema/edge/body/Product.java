package io.crema.edge.body;

import io.crema.contracts.value.ProductId;
import java.util.Optional;

/**
 * A product that a machine makes.
 *
 * @param name as in the tariff; the product's id is made of it
 * @param recipe how it is made; empty where the machine knows by itself
 */
public record Product(String name, Optional<Recipe> recipe) {
    public Product {
        if (name.isBlank() || name.length() > 64) {
            throw new IllegalArgumentException("a product's name has 1 to 64 letters, got '" + name + "'");
        }
    }

    public ProductId id() {
        return ProductId.named(name);
    }
}
