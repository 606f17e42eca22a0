package io.crema.edge.node;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Sequences of the channel that this machine once sold and its journal has not: what was on a memory card that was lost.
 * Phones bring some of them back. Not thread-safe.
 */
final class Gaps {
    /** How many receipts are taken back for the log: nobody shall fill the disk with old ones. */
    static final int MOST_FOUND = 1024;

    private static final int MOST_GAPS = 64;

    private final List<Gap> gaps = new ArrayList<>();
    private final TreeSet<Long> found = new TreeSet<>();

    private record Gap(long first, long last) {}

    /** The journal goes on at a sequence after this one. */
    void jump(long head, long next) {
        if (next > head + 1 && gaps.size() < MOST_GAPS) {
            gaps.add(new Gap(head + 1, next - 1));
        }
    }

    void found(long sequence) {
        found.add(sequence);
    }

    /** Whether a receipt of this sequence is missing. */
    boolean isMissing(long sequence) {
        return found.size() < MOST_FOUND
                && !found.contains(sequence)
                && gaps.stream().anyMatch(gap -> gap.first() <= sequence && sequence <= gap.last());
    }

    boolean isFound(long sequence) {
        return found.contains(sequence);
    }

    void write(ByteWriter out) {
        out.u16(gaps.size());
        gaps.forEach(gap -> out.u64(gap.first()).u64(gap.last()));
        out.u16(found.size());
        found.forEach(out::u64);
    }

    void read(ByteReader in) {
        for (var left = in.u16(); left > 0; left--) {
            gaps.add(new Gap(in.u64(), in.u64()));
        }
        for (var left = in.u16(); left > 0; left--) {
            found.add(in.u64());
        }
    }
}
