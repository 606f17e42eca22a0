package io.crema.edge.node;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Hash;
import io.crema.edge.journal.Position;
import java.util.Optional;

/** One step of a machine's life as its journal keeps it. */
sealed interface JournalRecord {

    /** A sale was shown to a phone: before its receipt can exist. */
    record Offered(Hash attempt, Hash digest, Receipt receipt, Sale sale) implements JournalRecord {}

    /** A receipt was signed and counts from here on. */
    record Paid(Hash attempt, SignedReceipt receipt) implements JournalRecord {}

    /** The body was told to pour. */
    record Pouring(long sequence) implements JournalRecord {}

    /** The cup was poured. */
    record Poured(long sequence) implements JournalRecord {}

    /** The cup was not poured: the machine owes its price. */
    record NotPoured(Signed<Failure> failure, String reason) implements JournalRecord {}

    /**
     * A phone knew a newer receipt than this journal.
     *
     * @param owed its price is owed, where nobody knows whether its cup was poured
     */
    record Adopted(SignedReceipt receipt, Optional<NotPoured> owed) implements JournalRecord {}

    /** A phone brought a receipt that this journal lacks, older than its newest: for the log alone. */
    record Found(SignedReceipt receipt) implements JournalRecord {}

    /** A failure was put into the signed telemetry. */
    record Reported(long sequence) implements JournalRecord {}

    /** Receipts up to this position are in the log. */
    record Published(Position position, long receipts) implements JournalRecord {}

    /** Everything, at the start of a segment. */
    record Snapshot(MachineState state) implements JournalRecord {}
}
