package io.crema.edge.node;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Hash;
import io.crema.edge.journal.Position;

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

    /** A phone knew a newer receipt than this journal. */
    record Adopted(SignedReceipt receipt) implements JournalRecord {}

    /** A failure was put into the signed telemetry. */
    record Reported(long sequence) implements JournalRecord {}

    /** Receipts up to this position are in the log. */
    record Published(Position position, long receipts) implements JournalRecord {}

    /** Everything, at the start of a segment. */
    record Snapshot(MachineState state) implements JournalRecord {}
}
