package io.crema.schemas.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Avro's binary encoding of primitive values out of bytes that anybody may have written: whatever does not fit throws a
 * {@link IllegalArgumentException}, and nothing larger than the bytes themselves is ever made. Not thread-safe.
 */
final class Input {
    private final byte[] bytes;
    private int at;

    Input(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    int left() {
        return bytes.length - at;
    }

    boolean bool() {
        need(1);
        return switch (bytes[at++]) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IllegalArgumentException("a boolean is 0 or 1, got " + bytes[at - 1]);
        };
    }

    int int32() {
        var value = int64();
        if (value != (int) value) {
            throw new IllegalArgumentException("an int has 32 bits, got " + value);
        }
        return (int) value;
    }

    long int64() {
        long value = 0;
        for (var shift = 0; shift < 70; shift += 7) {
            need(1);
            var octet = bytes[at++];
            if (shift == 63 && (octet & 0xfe) != 0) {
                break;
            }
            value |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("a long has 64 bits, got more");
    }

    double float64() {
        need(8);
        long bits = 0;
        for (var i = 7; i >= 0; i--) {
            bits = bits << 8 | bytes[at + i] & 0xff;
        }
        at += 8;
        return Double.longBitsToDouble(bits);
    }

    /** How many bytes or elements follow; each takes at least a byte. */
    int count() {
        var count = int64();
        if (count < 0 || count > left()) {
            throw new IllegalArgumentException("%d bytes are announced, but %d are left".formatted(count, left()));
        }
        return (int) count;
    }

    byte[] raw(int count) {
        need(count);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    String text() {
        var count = count();
        at += count;
        return new String(bytes, at - count, count, StandardCharsets.UTF_8);
    }

    private void need(int count) {
        if (left() < count) {
            throw new IllegalArgumentException("%d more bytes are needed, but %d are left".formatted(count, left()));
        }
    }
}
