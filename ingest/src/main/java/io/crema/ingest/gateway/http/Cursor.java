package io.crema.ingest.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.crypto.Keccak;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a machine knows: the block that it was told as of, and a mark of each fact. So any gateway can say what is new to it,
 * after any time and any restart, and remembers nothing of machines itself.
 *
 * @param chain the highest block that it was told as of; −1 for none
 * @param marks 8 bytes of each fact's hash, without its block
 */
record Cursor(long chain, Set<Long> marks) {
    static final Cursor NOTHING = new Cursor(-1, Set.of());

    private static final String VERSION = "1.";
    private static final int MOST_MARKS = 128;

    Cursor {
        marks = Set.copyOf(marks);
    }

    /** Empty when it is none of ours: then everything is new. */
    static Optional<Cursor> parse(String text) {
        if (!text.startsWith(VERSION) || text.length() > VERSION.length() + 11 * (MOST_MARKS + 1)) {
            return Optional.empty();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(VERSION.length())));
            if (bytes.remaining() % Long.BYTES != 0 || bytes.remaining() < Long.BYTES) {
                return Optional.empty();
            }
            var chain = bytes.getLong();
            var marks = new TreeSet<Long>();
            while (bytes.hasRemaining()) {
                marks.add(bytes.getLong());
            }
            return Optional.of(new Cursor(chain, marks));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** After these facts. */
    static Cursor of(long chain, Collection<ObjectNode> facts) {
        var marks = new TreeSet<Long>();
        facts.forEach(fact -> marks.add(mark(fact)));
        return new Cursor(chain, marks);
    }

    boolean knows(ObjectNode fact) {
        return marks.contains(mark(fact));
    }

    private static long mark(ObjectNode fact) {
        try {
            var content = fact.deepCopy();
            content.remove("block");
            return ByteBuffer.wrap(
                            Keccak.hash(Fields.JSON.writeValueAsBytes(content)).bytes())
                    .getLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always writable", e);
        }
    }

    @Override
    public String toString() {
        var bytes = ByteBuffer.allocate(Long.BYTES * (1 + marks.size()));
        bytes.putLong(chain);
        new TreeSet<>(marks).forEach(bytes::putLong);
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
