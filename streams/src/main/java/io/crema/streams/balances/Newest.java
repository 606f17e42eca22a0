package io.crema.streams.balances;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import java.util.Optional;

/** A channel's newest accepted receipt: what a redemption needs. */
public record Newest(Signed<Receipt> receipt, Optional<Signed<Badge>> badge) {
    static Newest of(SignedReceipt signed) {
        return new Newest(signed.receipt(), signed.badge());
    }
}
