package io.crema.settlement.intent;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Intents that wait to be sent: of each subject the one that asks for most. Not thread-safe. */
public final class Backlog {
    private final Map<Hash, Pending> bySubject = new LinkedHashMap<>();

    /** Takes an intent in; returns the one that thereby has nothing left to do: the older, this one itself, or none. */
    public Optional<Pending> add(Pending fresh) {
        var subject = fresh.intent().subject();
        var waiting = bySubject.get(subject);
        if (waiting == null) {
            bySubject.put(subject, fresh);
            return Optional.empty();
        }
        if (asksForLess(fresh.intent(), waiting.intent())) {
            return Optional.of(fresh);
        }
        bySubject.put(subject, fresh);
        return Optional.of(waiting);
    }

    public void remove(Pending pending) {
        bySubject.remove(pending.intent().subject(), pending);
    }

    /** Puts the same intent back with another time to look at it. */
    public void hold(Pending held) {
        bySubject.replace(held.intent().subject(), held);
    }

    /** In the order of arrival. */
    public Collection<Pending> all() {
        return Collections.unmodifiableCollection(bySubject.values());
    }

    public List<Pending> snapshot() {
        return new ArrayList<>(bySubject.values());
    }

    private static boolean asksForLess(Intent one, Intent other) {
        var difference = one.total().orElse(Amount.ZERO).compareTo(other.total().orElse(Amount.ZERO));
        return difference < 0 || difference == 0 && one.attempt() < other.attempt();
    }
}
