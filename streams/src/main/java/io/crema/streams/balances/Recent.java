package io.crema.streams.balances;

import io.crema.contracts.value.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The digests of a channel's newest accepted receipts, which travel with the channel until there are enough to be
 * shelved together: one write of a store less for nearly every receipt. Immutable.
 *
 * @param digests of consecutive receipts, the last that of the channel's head
 */
public record Recent(List<Hash> digests) {
    /** The most that a channel carries. */
    public static final int MOST = 8;

    public static final Recent NONE = new Recent(List.of());

    public Recent {
        digests = List.copyOf(digests);
    }

    /** @param accepted digests of the receipts that follow */
    Recent plus(List<Hash> accepted) {
        if (digests.isEmpty()) {
            return new Recent(accepted);
        }
        List<Hash> all = new ArrayList<>(digests);
        all.addAll(accepted);
        return new Recent(all);
    }

    boolean isFull() {
        return digests.size() > MOST;
    }

    /** @param head the channel's newest sequence */
    Optional<Hash> find(long sequence, long head) {
        var index = digests.size() - 1 - (head - sequence);
        return index >= 0 && index < digests.size() ? Optional.of(digests.get((int) index)) : Optional.empty();
    }
}
