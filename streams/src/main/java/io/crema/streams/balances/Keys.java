package io.crema.streams.balances;

import io.crema.contracts.value.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The keys that sign for a customer, as validity intervals: a key that was replaced counts until the end of its
 * overlap, because the coffee has been drunk. Immutable.
 *
 * @param all oldest first; empty while they are not known
 */
public record Keys(List<Key> all) {
    public static final Keys UNKNOWN = new Keys(List.of());

    /**
     * A key and the epoch that its badges need.
     *
     * @param until exclusive; empty for the key in force
     */
    public record Key(long epoch, Address signer, Optional<Instant> until) {
        boolean countsAt(Instant time) {
            return until.filter(end -> !time.isBefore(end)).isEmpty();
        }
    }

    public Keys {
        all = List.copyOf(all);
    }

    /** A customer that never named another key. */
    public static Keys ownKeyOf(Address customer) {
        return new Keys(List.of(new Key(0, customer, Optional.empty())));
    }

    public boolean areKnown() {
        return !all.isEmpty();
    }

    /** The epoch that binds a badge of this signer at the time; empty when the key does not sign for the customer then. */
    public OptionalLong epoch(Address signer, Instant time) {
        return all.stream()
                .filter(key -> key.signer().equals(signer) && key.countsAt(time))
                .mapToLong(Key::epoch)
                .min();
    }

    /** Until when a badge of this signer and epoch, or the signer itself, counts on chain; empty = no end is known. */
    public Optional<Instant> countsUntil(Address signer, long epoch) {
        var fitting = all.stream()
                .filter(key -> key.signer().equals(signer) && key.epoch() <= epoch)
                .toList();
        return fitting.stream().anyMatch(key -> key.until().isEmpty())
                ? Optional.empty()
                : fitting.stream().flatMap(key -> key.until().stream()).max(Instant::compareTo);
    }
}
