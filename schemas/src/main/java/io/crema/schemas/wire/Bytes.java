package io.crema.schemas.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Avro's binary encoding of primitive values into a buffer that grows. Not thread-safe. */
final class Bytes {
    private byte[] bytes = new byte[1024];
    private int length;

    void reset() {
        length = 0;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    void octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /** Four bytes, the highest first. */
    void int32(int value) {
        reserve(4);
        for (var shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** Avro's int and long: zigzag, seven bits to a byte. */
    void number(long value) {
        reserve(10);
        var rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Eight bytes, the lowest first. */
    void float64(double value) {
        reserve(8);
        var bits = Double.doubleToLongBits(value);
        for (var shift = 0; shift < 64; shift += 8) {
            bytes[length++] = (byte) (bits >>> shift);
        }
    }

    void raw(byte[] value) {
        raw(value, 0, value.length);
    }

    void raw(byte[] value, int offset, int count) {
        reserve(count);
        System.arraycopy(value, offset, bytes, length, count);
        length += count;
    }

    void text(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        raw(utf8);
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }
}
