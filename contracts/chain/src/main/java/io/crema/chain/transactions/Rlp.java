package io.crema.chain.transactions;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Recursive length prefix, as far as transactions need it (Ethereum yellow paper, appendix B). Stateless. */
final class Rlp {
    private Rlp() {}

    static byte[] number(BigInteger value) {
        var raw = value.toByteArray();
        var from = raw[0] == 0 ? 1 : 0;
        return bytes(Arrays.copyOfRange(raw, from, raw.length));
    }

    static byte[] number(long value) {
        return number(BigInteger.valueOf(value));
    }

    static byte[] bytes(byte[] value) {
        if (value.length == 1 && value[0] >= 0) {
            return value.clone();
        }
        return prefixed(0x80, value);
    }

    static byte[] list(byte[]... items) {
        var out = new ByteArrayOutputStream();
        for (var item : items) {
            out.writeBytes(item);
        }
        return prefixed(0xc0, out.toByteArray());
    }

    /**
     * The strings of a list; a list inside it appears as its content, unparsed.
     *
     * @throws IllegalArgumentException when the bytes are not exactly one list
     */
    static List<byte[]> strings(byte[] encoded) {
        var items = new ArrayList<byte[]>();
        var outer = item(encoded, 0);
        if (outer.end() != encoded.length || (encoded[0] & 0xff) < 0xc0) {
            throw new IllegalArgumentException("expected one RLP list over all %d bytes".formatted(encoded.length));
        }
        for (var at = outer.start(); at < outer.end(); ) {
            var item = item(encoded, at);
            items.add(Arrays.copyOfRange(encoded, item.start(), item.end()));
            at = item.end();
        }
        return items;
    }

    private record Item(int start, int end) {}

    private static Item item(byte[] encoded, int at) {
        var tag = at < encoded.length ? encoded[at] & 0xff : 0x80;
        var start = at + 1L;
        var length = 0L;
        if (tag < 0x80) {
            start = at;
            length = 1;
        } else {
            var size = tag >= 0xc0 ? tag - 0xc0 : tag - 0x80;
            var digits = Math.max(0, size - 55);
            start += digits;
            length = digits == 0 ? size : digits > 4 ? Long.MAX_VALUE / 2 : unsigned(encoded, at + 1, digits);
        }
        if (at >= encoded.length || start + length > encoded.length) {
            throw new IllegalArgumentException(
                    "RLP item at byte %d reaches beyond the %d bytes there are".formatted(at, encoded.length));
        }
        return new Item((int) start, (int) (start + length));
    }

    private static long unsigned(byte[] encoded, int at, int digits) {
        return at + digits > encoded.length
                ? Long.MAX_VALUE / 2
                : new BigInteger(1, Arrays.copyOfRange(encoded, at, at + digits)).longValueExact();
    }

    private static byte[] prefixed(int offset, byte[] content) {
        var out = new ByteArrayOutputStream(content.length + 5);
        if (content.length < 56) {
            out.write(offset + content.length);
        } else {
            var length = BigInteger.valueOf(content.length).toByteArray();
            var from = length[0] == 0 ? 1 : 0;
            out.write(offset + 55 + length.length - from);
            out.write(length, from, length.length - from);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
