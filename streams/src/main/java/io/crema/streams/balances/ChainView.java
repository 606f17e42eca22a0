package io.crema.streams.balances;

import io.crema.contracts.value.Amount;
import java.time.Instant;
import java.util.Optional;

/**
 * What the chain says of a channel. Amounts in the token's smallest unit.
 *
 * @param parties empty while PENDING
 * @param redeemedSequence the highest sequence redeemed
 * @param closeAt when a requested close may be executed
 */
public record ChainView(
        ChannelStatus status,
        Optional<Parties> parties,
        Amount deposited,
        Amount redeemed,
        long redeemedSequence,
        Optional<Instant> closeAt) {
    public static final ChainView NONE =
            new ChainView(ChannelStatus.PENDING, Optional.empty(), Amount.ZERO, Amount.ZERO, 0, Optional.empty());

    /** Up to which total receipts can be paid: a closed channel pays no more than it has. */
    public Amount coverage() {
        return status == ChannelStatus.CLOSED ? redeemed : deposited;
    }

    public boolean isPayable() {
        return status == ChannelStatus.OPEN || status == ChannelStatus.CLOSING;
    }
}
