package io.crema.chain.transactions;

import io.crema.contracts.value.Hex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes of any length: call data, a signed transaction, what a call returned. Immutable. */
public final class Payload {
    public static final Payload EMPTY = new Payload(new byte[0]);

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes copied */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    public static Payload fromHex(String text) {
        return new Payload(Hex.decode("payload", text));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    public String hex() {
        return Hex.encode(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The first 32 bytes at most, and the size. */
    @Override
    public String toString() {
        return bytes.length <= 32 ? hex() : Hex.encode(Arrays.copyOf(bytes, 32)) + "… (" + bytes.length + " bytes)";
    }
}
