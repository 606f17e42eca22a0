package io.crema.contracts.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A 20-byte Ethereum account or contract address. Immutable. */
public final class Address implements Comparable<Address> {
    public static final int LENGTH = 20;
    public static final Address ZERO = new Address(new byte[LENGTH]);

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes exactly 20 bytes; copied */
    public static Address of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "an address has 20 bytes, got " + bytes.length + ": " + Hex.encode(bytes));
        }
        return new Address(bytes.clone());
    }

    public static Address fromHex(String text) {
        return new Address(Hex.decode("address", text, LENGTH));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Copies the 20 bytes into {@code target} at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    /** Lower-case hexadecimal with 0x. */
    public String hex() {
        return Hex.encode(bytes);
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    @Override
    public int compareTo(Address other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Address that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
