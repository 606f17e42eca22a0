package io.crema.simulation.chain;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import java.util.List;
import java.util.Optional;

/** The functions of PaymentProvider that move money or keys, by whoever calls them. */
public sealed interface PaymentCall {

    /** One row of a redemption; without a badge the customer's own key signed it. */
    record Row(Address customer, long index, Signed<Receipt> receipt, Optional<Signed<Badge>> badge) {}

    /** By the opener alone. */
    record Open(Address customer, Address payee, long index, Amount deposit, int periodMinutes)
            implements PaymentCall {}

    record TopUp(Address customer, Address payee, long index, Amount amount) implements PaymentCall {}

    /** {@code redeem} or {@code redeemWithBadge}. */
    record Redeem(Address payee, Row row) implements PaymentCall {}

    /** @param rows those without badges first */
    record RedeemMany(Address payee, List<Row> rows) implements PaymentCall {
        public RedeemMany {
            rows = List.copyOf(rows);
        }
    }

    record RequestClose(Address payee, long index) implements PaymentCall {}

    record Close(Address customer, Address payee, long index) implements PaymentCall {}

    record Withdraw(Address to) implements PaymentCall {}

    record RaiseEpoch(long epoch) implements PaymentCall {}

    record SetSigner(Address signer) implements PaymentCall {}

    /** Anything else: uses up a nonce and does nothing. */
    record Nothing() implements PaymentCall {}
}
