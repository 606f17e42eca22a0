package io.crema.edge.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** APDUs one behind the other, each with two bytes of length before it. */
final class Apdus {
    private Apdus() {}

    static byte[] join(List<byte[]> apdus) {
        var out = new ByteArrayOutputStream();
        for (var apdu : apdus) {
            out.write(apdu.length >>> 8);
            out.write(apdu.length);
            out.writeBytes(apdu);
        }
        return out.toByteArray();
    }

    /** Whatever the bytes: a length beyond the end takes what is left. */
    static List<byte[]> split(byte[] bytes) {
        var apdus = new ArrayList<byte[]>();
        for (var at = 0; at + 2 <= bytes.length; ) {
            var length = ((bytes[at] & 0x03) << 8) | (bytes[at + 1] & 0xff);
            var end = Math.min(bytes.length, at + 2 + length);
            apdus.add(Arrays.copyOfRange(bytes, at + 2, end));
            at = end;
        }
        return apdus;
    }
}
