package io.crema.edge.body;

import java.time.Duration;

/**
 * How a machine makes a product.
 *
 * @param grind how long the grinder runs first; zero for hot water
 * @param millilitres of water through the brewing head
 */
public record Recipe(Duration grind, int millilitres) {
    public static final int MOST_MILLILITRES = 1000;
    public static final Duration LONGEST_GRIND = Duration.ofSeconds(30);

    public Recipe {
        if (grind.isNegative() || grind.compareTo(LONGEST_GRIND) > 0) {
            throw new IllegalArgumentException("a recipe grinds 0 to 30 seconds, got " + grind);
        }
        if (millilitres < 1 || millilitres > MOST_MILLILITRES) {
            throw new IllegalArgumentException(
                    "a recipe takes 1 to %d ml of water, got %d".formatted(MOST_MILLILITRES, millilitres));
        }
    }
}
