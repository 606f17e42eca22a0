package io.crema.bench.throughput;

/** What folds the load. */
enum Kind {
    /** The balances topology as it ships. */
    BALANCES("balances"),
    /** The same with pure Java instead of libsecp256k1. */
    BOUNCY_CASTLE("balances with BouncyCastle"),
    /** The same, checking the signature of each receipt. */
    EACH("balances checking each receipt"),
    /** One read and one write of a store, and the same outputs by size: nothing is understood. */
    PLAIN("plain aggregate");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    boolean isPlain() {
        return this == PLAIN;
    }

    @Override
    public String toString() {
        return text;
    }
}
