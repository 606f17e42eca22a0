package io.crema.chain.transactions;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

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
