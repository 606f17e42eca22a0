package io.crema.contracts.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A compact secp256k1 signature of 64 bytes: r, then s with the parity of y in its top bit (EIP-2098), s low (EIP-2).
 * Immutable. Holds any 64 bytes: whether they are a valid signature, recovery tells.
 */
public final class Signature {
    public static final int LENGTH = 64;

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes exactly 64 bytes, r ‖ yParityAndS; copied */
    public static Signature of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a compact signature has 64 bytes (EIP-2098), got " + bytes.length);
        }
        return new Signature(bytes.clone());
    }

    /** @param yParity 0 or 1 */
    public static Signature of(byte[] r, byte[] s, int yParity) {
        var bytes = new byte[LENGTH];
        System.arraycopy(r, 0, bytes, 0, 32);
        System.arraycopy(s, 0, bytes, 32, 32);
        bytes[32] |= (byte) (yParity << 7);
        return of(bytes);
    }

    public static Signature fromHex(String text) {
        return new Signature(Hex.decode("signature", text, LENGTH));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public byte[] r() {
        return Arrays.copyOfRange(bytes, 0, 32);
    }

    /** The second word as contracts take it: parity in the top bit. */
    public byte[] vs() {
        return Arrays.copyOfRange(bytes, 32, 64);
    }

    public byte[] s() {
        var s = vs();
        s[0] &= 0x7f;
        return s;
    }

    /** 0 or 1. */
    public int yParity() {
        return (bytes[32] & 0x80) >>> 7;
    }

    public String hex() {
        return Hex.encode(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
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
