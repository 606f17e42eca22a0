package io.crema.edge.provision;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Crockford's base32: no letter that looks like a digit. Stateless. */
final class Base32 {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUP = 5;
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder();
        var held = 0;
        var bits = 0;
        for (var one : bytes) {
            held = (held << Byte.SIZE | one & 0xFF) & 0xFFF;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt(held >> bits & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt(held << (BITS - bits) & 31));
        }
        return text.toString();
    }

    static String group(String text) {
        return text.replaceAll("(.{%d})(?=.)".formatted(GROUP), "$1-");
    }

    /** @throws IllegalArgumentException naming the first character that is none */
    static byte[] decode(String text) {
        var bytes = new ByteArrayOutputStream();
        var held = 0;
        var bits = 0;
        for (var character : text.toUpperCase(Locale.ROOT).toCharArray()) {
            if (character == '-' || Character.isWhitespace(character)) {
                continue;
            }
            var digit = ALPHABET.indexOf(
                    switch (character) {
                        case 'O' -> '0';
                        case 'I', 'L' -> '1';
                        default -> character;
                    });
            if (digit < 0) {
                throw new IllegalArgumentException("the claim code has a '%c', which no code has".formatted(character));
            }
            held = (held << BITS | digit) & 0xFFF;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes.write(held >> bits & 0xFF);
            }
        }
        return bytes.toByteArray();
    }
}
