package io.crema.streams.redemption;

import io.crema.contracts.value.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the policy needs to know of a channel. Amounts in the token's smallest unit.
 *
 * @param deposited on chain
 * @param accepted the total of accepted receipts
 * @param redeemed on chain, or known to be on its way there
 * @param requested redemption was asked for up to this total; zero = never
 * @param unredeemedSince the log's time of the oldest unredeemed receipt
 * @param closeAt when a requested close may be executed
 * @param countsUntil until when the newest receipt counts on chain
 * @param challengePeriod the channel's
 */
public record Standing(
        Amount deposited,
        Amount accepted,
        Amount redeemed,
        Amount requested,
        Optional<Instant> unredeemedSince,
        Optional<Instant> closeAt,
        Optional<Instant> countsUntil,
        Duration challengePeriod) {

    public Amount unredeemed() {
        return accepted.minusOrZero(redeemed);
    }
}
