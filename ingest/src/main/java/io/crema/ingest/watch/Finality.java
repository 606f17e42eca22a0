package io.crema.ingest.watch;

import java.util.Locale;

/** From when on a block's logs are published. */
public sealed interface Finality {

    /** Once the block and its successors are this many: 1 = the newest block at once. */
    record Confirmations(int blocks) implements Finality {
        public Confirmations {
            if (blocks < 1) {
                throw new IllegalArgumentException("confirmations count the block itself: at least 1, got " + blocks);
            }
        }

        @Override
        public String toString() {
            return blocks == 1 ? "1 confirmation" : blocks + " confirmations";
        }
    }

    /** Once the chain itself calls the block so (the JSON-RPC block tags of proof-of-stake Ethereum). */
    enum Tag implements Finality {
        /** Unlikely to be replaced. */
        SAFE,
        /** Never replaced, unless a third of the stake is lost. */
        FINALIZED;

        /** As JSON-RPC writes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "the tag " + text();
        }
    }

    /**
     * From {@code safe}, {@code finalized} or a number of confirmations.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static Finality parse(String text) {
        for (var tag : Tag.values()) {
            if (tag.text().equals(text)) {
                return tag;
            }
        }
        try {
            var blocks = Integer.parseInt(text);
            if (blocks >= 1 && blocks <= 10_000) {
                return new Confirmations(blocks);
            }
        } catch (NumberFormatException e) {
            // named below
        }
        throw new IllegalArgumentException(
                "finality is %s; give finalized, safe, or a whole number of confirmations from 1 to 10000"
                        .formatted(text));
    }
}
