package io.crema.bench;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.streams.balances.Candidate;
import io.crema.streams.balances.Shelf;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Nothing was set aside, and nothing must be: the run of a benchmark is whole. */
final class EmptyShelf implements Shelf {
    @Override
    public List<Candidate> from(long sequence, Predicate<Candidate> whileTrue) {
        return List.of();
    }

    @Override
    public boolean contains(Candidate candidate) {
        return false;
    }

    @Override
    public void put(Candidate candidate) {
        throw new IllegalStateException(
                "receipt %d was set aside; the run should be accepted whole".formatted(candidate.sequence()));
    }

    @Override
    public void remove(Candidate candidate) {
        throw new IllegalStateException("nothing is set aside, not even receipt " + candidate.sequence());
    }

    @Override
    public boolean hasRoom(MachineId machine) {
        return true;
    }

    @Override
    public Optional<Hash> accepted(long sequence) {
        return Optional.empty();
    }

    @Override
    public void accept(long firstSequence, List<Hash> digests) {
        // each call starts from the same channel
    }
}
