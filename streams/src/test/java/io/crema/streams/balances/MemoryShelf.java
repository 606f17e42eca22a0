package io.crema.streams.balances;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A shelf without limits in memory. */
final class MemoryShelf implements Shelf {
    final Map<Hash, Candidate> waiting = new LinkedHashMap<>();
    final Map<Long, Hash> digests = new HashMap<>();

    @Override
    public List<Candidate> from(long sequence, Predicate<Candidate> whileTrue) {
        List<Candidate> found = new ArrayList<>();
        for (var candidate : waiting.values().stream()
                .filter(c -> c.sequence() >= sequence)
                .sorted(Comparator.comparingLong(Candidate::sequence))
                .toList()) {
            if (!whileTrue.test(candidate)) {
                break;
            }
            found.add(candidate);
        }
        return found;
    }

    @Override
    public boolean contains(Candidate candidate) {
        return waiting.containsKey(candidate.identity());
    }

    @Override
    public void put(Candidate candidate) {
        waiting.put(candidate.identity(), candidate);
    }

    @Override
    public void remove(Candidate candidate) {
        waiting.remove(candidate.identity());
    }

    @Override
    public boolean hasRoom(MachineId machine) {
        return true;
    }

    @Override
    public Optional<Hash> accepted(long sequence) {
        return Optional.ofNullable(digests.get(sequence));
    }

    @Override
    public void accept(long firstSequence, List<Hash> accepted) {
        for (var i = 0; i < accepted.size(); i++) {
            digests.put(firstSequence + i, accepted.get(i));
        }
    }
}
