package io.crema.contracts.value;

import java.util.HexFormat;

/** Bytes as 0x-prefixed lower-case hexadecimal text and back. Stateless. */
public final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    public static String encode(byte[] bytes) {
        return "0x" + FORMAT.formatHex(bytes);
    }

    /**
     * Parses hexadecimal text, with or without 0x, of exactly {@code length} bytes.
     *
     * @throws IllegalArgumentException naming {@code what} and the text
     */
    public static byte[] decode(String what, String text, int length) {
        var bytes = decode(what, text);
        if (bytes.length != length) {
            throw new IllegalArgumentException("%s has %d bytes, expected %d: %s; give 0x and %d hexadecimal digits"
                    .formatted(what, bytes.length, length, text, 2 * length));
        }
        return bytes;
    }

    /** Parses hexadecimal text of any length, with or without 0x. */
    public static byte[] decode(String what, String text) {
        try {
            return FORMAT.parseHex(text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s is not hexadecimal: %s; give 0x and an even number of hexadecimal digits".formatted(what, text),
                    e);
        }
    }
}
