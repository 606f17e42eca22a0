package io.crema.streams.balances;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The stores of one channel that receipts are judged against. Not thread-safe. */
public interface Shelf {

    /** Receipts set aside, by ascending sequence from the given one, as long as the condition holds. */
    List<Candidate> from(long sequence, Predicate<Candidate> whileTrue);

    /** Whether exactly this candidate is set aside. */
    boolean contains(Candidate candidate);

    /** Puts or replaces. */
    void put(Candidate candidate);

    void remove(Candidate candidate);

    /** Whether one more receipt of the machine may be set aside. */
    boolean hasRoom(MachineId machine);

    /** The digest of the accepted receipt with the sequence, if it was shelved. */
    Optional<Hash> accepted(long sequence);

    /** Remembers accepted receipts. @param digests of consecutive receipts, the first with the given sequence */
    void accept(long firstSequence, List<Hash> digests);
}
