package io.crema.streams;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.events.Bytes64;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.ReceiptAccepted;
import io.crema.events.RedeemRequested;
import io.crema.events.TelemetryBatchRecord;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import java.nio.ByteBuffer;
import java.time.Instant;

/** One record of each kind, for tests that care for the kind alone. */
public final class Samples {
    /** A machine of which nobody has a key. */
    public static final MachineId UNKNOWN = MachineId.of(Sales.key("nobody").address(), "A-9");

    private Samples() {}

    public static Outcome outcome(Sales sales) {
        var nothing = Convert.bytes32(TypedData.keccak("intent"));
        return new Outcome(
                Convert.bytes32(sales.channel), nothing, nothing, 1, OutcomeKind.DONE, null, null, "", time());
    }

    public static RedeemRequested redeem(Sales sales) {
        return new RedeemRequested(Convert.bytes32(sales.channel), "a test", time());
    }

    /** Nobody signed it. */
    public static TelemetryBatchRecord batch(Sales sales) {
        return batch(sales.machine);
    }

    public static TelemetryBatchRecord batch(MachineId machine) {
        return new TelemetryBatchRecord(
                Convert.bytes32(machine),
                1L,
                Convert.bytes32(Hash.ZERO),
                ByteBuffer.wrap(new byte[9]),
                new Bytes64(new byte[64]));
    }

    public static ReceiptAccepted accepted(Sales sales) {
        return accepted(sales, sales.sell(10));
    }

    public static ReceiptAccepted accepted(Sales sales, SignedReceipt signed) {
        var receipt = signed.receipt().content();
        return new ReceiptAccepted(
                Convert.bytes32(sales.channel),
                receipt.sequence(),
                Convert.decimal(receipt.total()),
                Convert.bytes32(receipt.history()),
                Convert.bytes32(Sales.PAYMENT.digest(receipt)),
                Convert.bytes32(signed.sale().structHash()),
                ReceiptRuns.toRecord(signed.sale()),
                Convert.bytes20(sales.customer.address()),
                Convert.bytes20(sales.payee),
                true);
    }

    private static Instant time() {
        return Instant.ofEpochSecond(Sales.NOON);
    }
}
