package io.crema.settlement.intent;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * Redeem a channel up to its newest receipt.
 *
 * @param index of the channel between customer and payee
 * @param badge of the signing key; empty when the customer's own key signed
 * @param reason why it is redeemed now: THRESHOLD, INTERVAL, CRITICAL_SHARE, CLOSE_REQUESTED, BADGE_ENDS or REQUESTED
 */
public record RedeemIntent(
        Hash id,
        Hash effect,
        int attempt,
        Address customer,
        Address payee,
        long index,
        Signed<Receipt> receipt,
        Optional<Signed<Badge>> badge,
        String reason,
        boolean urgent,
        Optional<Instant> deadline)
        implements Intent {

    public ChannelId channel() {
        return receipt.content().channel();
    }

    @Override
    public Hash subject() {
        return channel().value();
    }

    @Override
    public Optional<Amount> total() {
        return Optional.of(receipt.content().total());
    }

    /** Whether it is redeemed whatever the gas costs. */
    public boolean mustBeRedeemed() {
        return urgent
                || switch (reason) {
                    case "REQUESTED", "CLOSE_REQUESTED", "BADGE_ENDS" -> true;
                    default -> false;
                };
    }
}
