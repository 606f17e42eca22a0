package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.MessageFormatException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last sales for the screen, newest first. Nothing depends on them: what must not be lost is kept per channel. */
final class PastSales {
    static final int MOST = 20;
    private static final String NAME = "last-sales";

    private final WalletStore store;

    PastSales(WalletStore store) {
        this.store = store;
    }

    /** Puts the receipt's line first, in place of the one with the same channel and sequence. */
    void add(OwnReceipt own) {
        var line = PastSale.of(own).encode();
        var lines = new ByteArrayOutputStream();
        lines.writeBytes(line);
        var old = bytes();
        for (var at = 0; at < old.length && lines.size() < MOST * PastSale.SIZE; at += PastSale.SIZE) {
            if (!Arrays.equals(line, 0, PastSale.KEY, old, at, at + PastSale.KEY)) {
                lines.write(old, at, PastSale.SIZE);
            }
        }
        store.note(NAME, lines.toByteArray());
    }

    List<PastSale> all() {
        var in = new ByteReader(bytes());
        var sales = new ArrayList<PastSale>();
        try {
            while (in.remaining() > 0) {
                sales.add(PastSale.read(in));
            }
        } catch (MessageFormatException torn) {
            return List.copyOf(sales);
        }
        return List.copyOf(sales);
    }

    /** Whole lines only: a note may be torn. */
    private byte[] bytes() {
        return store.get(NAME)
                .map(it -> Arrays.copyOf(it, it.length / PastSale.SIZE * PastSale.SIZE))
                .orElseGet(() -> new byte[0]);
    }
}
