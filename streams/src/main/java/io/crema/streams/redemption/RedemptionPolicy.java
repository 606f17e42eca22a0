package io.crema.streams.redemption;

import io.crema.contracts.value.Amount;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a channel shall be redeemed. Pure and immutable.
 *
 * @param threshold redeem once this much is unredeemed; at least 1
 * @param interval redeem once the oldest unredeemed receipt has waited this long
 * @param criticalPercent redeem when the remaining credit falls to this share of the deposit, and when it is used up
 * @param margin how long before a receipt stops counting it is redeemed, but at most half a challenge period before:
 *     else the badges of a short period would have each cup redeemed
 * @param retry how long a failed redemption rests
 */
public record RedemptionPolicy(
        Amount threshold, Duration interval, int criticalPercent, Duration margin, Backoff retry) {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    public RedemptionPolicy {
        if (threshold.isZero()) {
            throw new IllegalArgumentException("the redemption threshold is at least 1, got 0");
        }
        if (criticalPercent < 0 || criticalPercent > 100) {
            throw new IllegalArgumentException("the critical share is 0 to 100 percent, got " + criticalPercent);
        }
    }

    /** With the usual margin and rests. */
    public static RedemptionPolicy of(Amount threshold, Duration interval, int criticalPercent) {
        return new RedemptionPolicy(threshold, interval, criticalPercent, Duration.ofHours(24), Backoff.USUAL);
    }

    /** Whether the channel shall be redeemed now, and why: the most pressing reason first. */
    public Optional<Demand> judge(Standing standing, Instant now) {
        if (standing.unredeemed().isZero()) {
            return Optional.empty();
        }
        if (standing.closeAt().isPresent()) {
            return Optional.of(new Demand(RedemptionReason.CLOSE_REQUESTED, standing.closeAt()));
        }
        if (standing.countsUntil()
                .filter(end -> isDue(end.minus(margin(standing)), now))
                .isPresent()) {
            return Optional.of(new Demand(RedemptionReason.BADGE_ENDS, standing.countsUntil()));
        }
        return reason(standing, now).map(reason -> new Demand(reason, Optional.empty()));
    }

    /** When time alone will next change the judgement; empty when it cannot. */
    public Optional<Instant> nextLook(Standing standing) {
        if (standing.unredeemed().isZero()) {
            return Optional.empty();
        }
        return Stream.concat(
                        standing.unredeemedSince().map(since -> since.plus(interval)).stream(),
                        standing.countsUntil().map(end -> end.minus(margin(standing))).stream())
                .min(Instant::compareTo);
    }

    private Optional<RedemptionReason> reason(Standing standing, Instant now) {
        if (standing.requested().exceeds(standing.redeemed())) {
            return Optional.of(RedemptionReason.REQUESTED);
        }
        if (standing.unredeemed().compareTo(threshold) >= 0) {
            return Optional.of(RedemptionReason.THRESHOLD);
        }
        if (becameCritical(standing)) {
            return Optional.of(RedemptionReason.CRITICAL_SHARE);
        }
        return standing.unredeemedSince()
                .filter(since -> isDue(since.plus(interval), now))
                .map(since -> RedemptionReason.INTERVAL);
    }

    private Duration margin(Standing standing) {
        var half = standing.challengePeriod().dividedBy(2);
        return half.compareTo(margin) < 0 ? half : margin;
    }

    /**
     * Once per deposit when the share is reached, and once when nothing remains: not at each cup in between, which
     * would cost a transaction each and secure nothing.
     */
    private boolean becameCritical(Standing standing) {
        var remaining = standing.deposited().minusOrZero(standing.accepted());
        if (remaining.isZero()) {
            return true;
        }
        var remainedWhenRedeemed = standing.deposited().minusOrZero(standing.redeemed());
        return isCritical(remaining, standing) && !isCritical(remainedWhenRedeemed, standing);
    }

    private boolean isCritical(Amount remaining, Standing standing) {
        return remaining
                        .value()
                        .multiply(HUNDRED)
                        .compareTo(standing.deposited().value().multiply(BigInteger.valueOf(criticalPercent)))
                <= 0;
    }

    private static boolean isDue(Instant time, Instant now) {
        return !now.isBefore(time);
    }
}
