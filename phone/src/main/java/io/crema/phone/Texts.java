package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import java.nio.charset.StandardCharsets;

/** Texts as blocks of UTF-8. */
final class Texts {
    private Texts() {}

    static void write(ByteWriter out, String text) {
        out.block(text.getBytes(StandardCharsets.UTF_8));
    }

    static String read(ByteReader in) {
        return new String(in.block(), StandardCharsets.UTF_8);
    }
}
