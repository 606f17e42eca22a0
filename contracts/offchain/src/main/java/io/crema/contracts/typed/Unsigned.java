package io.crema.contracts.typed;

/** Range checks for Solidity's small unsigned integers. */
final class Unsigned {
    private Unsigned() {}

    static long u8(String field, long value) {
        return check(field, value, 8);
    }

    static long u32(String field, long value) {
        return check(field, value, 32);
    }

    /** As Java keeps times, sequences and indexes: 63 bits are enough. */
    static long u64(String field, long value) {
        return check(field, value, 63);
    }

    private static long check(String field, long value, int bits) {
        if (value < 0 || value >>> bits != 0) {
            throw new IllegalArgumentException("%s must be from 0 to 2^%d - 1, got %d".formatted(field, bits, value));
        }
        return value;
    }
}
