package io.crema.simulation.world;

/** What must always hold does not. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param invariant its number in docs/design's list, or what was expected in a word */
    Violation(String invariant, String sentence) {
        super(invariant + ": " + sentence);
    }

    static void check(boolean holds, String invariant, String sentence, Object... values) {
        if (!holds) {
            throw new Violation(invariant, sentence.formatted(values));
        }
    }
}
