package io.crema.contracts.value;

/** Range checks of the integers that ids are made of. */
final class Uint {
    private Uint() {}

    static long u32(String field, long value) {
        return check(field, value, 32);
    }

    static long u40(String field, long value) {
        return check(field, value, 40);
    }

    private static long check(String field, long value, int bits) {
        if (value < 0 || value >>> bits != 0) {
            throw new IllegalArgumentException("%s must be from 0 to 2^%d - 1, got %d".formatted(field, bits, value));
        }
        return value;
    }
}
