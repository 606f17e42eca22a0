package io.crema.edge.node;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Amount;

/** How one press and tap ended. */
public sealed interface TapOutcome {

    /** Paid, durable, poured. */
    record Served(SignedReceipt receipt) implements TapOutcome {
        public Amount price() {
            return receipt.sale().price();
        }

        /** What an earlier failure gave back. */
        public Amount credit() {
            return receipt.sale().credit();
        }
    }

    /** Paid and durable, but not poured: a later sale credits the failure's amount. */
    record Failed(SignedReceipt receipt, Signed<Failure> failure, String reason) implements TapOutcome {}

    /** Nothing was paid, nothing was poured. */
    record Refused(Refusal refusal, String sentence) implements TapOutcome {}
}
