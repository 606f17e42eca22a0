package io.crema.contracts.crypto;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes 32-byte words as {@code abi.encode} and EIP-712's {@code encodeData} lay them out. Not thread-safe; made for
 * one value.
 */
public final class Words {
    private static final int WORD = 32;

    private byte[] bytes;
    private int length;

    /** @param expected how many words will be written; it grows beyond when needed */
    public Words(int expected) {
        bytes = new byte[expected * WORD];
    }

    public Words hash(Hash hash) {
        var at = advance(WORD);
        hash.copyTo(bytes, at);
        return this;
    }

    public Words address(Address address) {
        var at = advance(WORD);
        address.copyTo(bytes, at + 12);
        return this;
    }

    public Words amount(Amount amount) {
        return unsigned(amount.value());
    }

    /** @param value up to 256 bits, not negative */
    public Words unsigned(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException("a uint256 is from 0 to 2^256 - 1, got " + value);
        }
        var raw = value.toByteArray();
        var from = raw.length > WORD ? 1 : 0;
        var size = raw.length - from;
        var at = advance(WORD);
        System.arraycopy(raw, from, bytes, at + WORD - size, size);
        return this;
    }

    /** @param value the 64 bits, taken as unsigned */
    public Words u64(long value) {
        var at = advance(WORD) + WORD - 8;
        for (var i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (value >>> (56 - 8 * i));
        }
        return this;
    }

    /** The tail of a dynamic string: its length, then its UTF-8 bytes padded to whole words. */
    public Words string(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        u64(utf8.length);
        var at = advance((utf8.length + WORD - 1) / WORD * WORD);
        System.arraycopy(utf8, 0, bytes, at, utf8.length);
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    public Hash keccak() {
        return Keccak.hash(toBytes());
    }

    /** Where the next bytes go; {@code bytes} may be another array afterwards. */
    private int advance(int size) {
        var at = length;
        length += size;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
        }
        return at;
    }
}
