package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.address;

import io.crema.contracts.value.Address;
import io.crema.events.ActingKeyChanged;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Which keys sign for a customer when, as the chain's events in the log tell it. A handful of changes per customer. */
public final class KeyFold {
    private final Map<Address, List<ActingKeyChanged>> changes = new HashMap<>();

    void add(LogRecord record) {
        record.value().ifPresent(this::add);
    }

    /** @param record of any kind; those of other matters change nothing */
    public void add(Object record) {
        switch (record) {
            case ActingKeyChanged changed -> {
                var all = changes.computeIfAbsent(address(changed.getAccount()), account -> new ArrayList<>());
                all.removeIf(known -> isSame(known.getOrigin(), changed.getOrigin()));
                all.add(changed);
                all.sort(Comparator.<ActingKeyChanged>comparingLong(
                                c -> c.getOrigin().getBlockNumber())
                        .thenComparingInt(c -> c.getOrigin().getLogIndex()));
            }
            case LogReversed back ->
                changes.values().forEach(all -> all.removeIf(known -> isSame(known.getOrigin(), back.getOrigin())));
            default -> {}
        }
    }

    /** The epoch that a badge of the signer needs at the time; empty where it does not sign for the customer then. */
    OptionalLong epoch(Address customer, Address signer, long time) {
        return keys(customer).stream()
                .filter(key -> key.signer().equals(signer) && time < key.until())
                .mapToLong(Key::epoch)
                .min();
    }

    /** Until when a badge of this signer and epoch counts on chain; empty where no end is known. */
    public Optional<Instant> countsUntil(Address customer, Address signer, long epoch) {
        var until = keys(customer).stream()
                .filter(key -> key.signer().equals(signer) && key.epoch() <= epoch)
                .mapToLong(Key::until)
                .max();
        return until.isEmpty() || until.getAsLong() == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(until.getAsLong()));
    }

    /** The customer's own key first, then each change; a key that was replaced counts until its overlap ends. */
    List<Key> keys(Address customer) {
        List<Key> keys = new ArrayList<>();
        keys.add(new Key(customer, 0, Long.MAX_VALUE));
        for (var change : changes.getOrDefault(customer, List.of())) {
            var last = keys.removeLast();
            keys.add(new Key(
                    last.signer(), last.epoch(), change.getPreviousUntil().getEpochSecond()));
            var signer = address(change.getSigner());
            keys.add(new Key(signer.isZero() ? customer : signer, change.getEpoch(), Long.MAX_VALUE));
        }
        return keys;
    }

    static boolean isSame(Origin a, Origin b) {
        return a.getBlockHash().equals(b.getBlockHash())
                && a.getTransactionHash().equals(b.getTransactionHash())
                && a.getLogIndex() == b.getLogIndex();
    }
}
