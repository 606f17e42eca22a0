package io.crema.chain.transactions;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * How much to offer for gas. Pure.
 *
 * @param minPriority wei per gas offered to the proposer at least
 * @param cap wei per gas in all, never exceeded
 * @param bumpPerMille how much a bump adds at least; nodes ask for 100, we for 125 or more
 * @param bumpAfter how long a version waits to be mined before the next one pays more
 * @param maxVersions how many versions of one transaction are signed at most
 */
public record FeePolicy(BigInteger minPriority, BigInteger cap, int bumpPerMille, Duration bumpAfter, int maxVersions) {
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

    public FeePolicy {
        if (minPriority.signum() < 0 || minPriority.compareTo(cap) > 0) {
            throw new IllegalArgumentException(
                    "minPriority is from 0 to the cap, got %s of %s wei".formatted(minPriority, cap));
        }
        if (bumpPerMille < 125) {
            throw new IllegalArgumentException(
                    "bumpPerMille must be at least 125 (12.5 %), or nodes refuse the replacement; got " + bumpPerMille);
        }
        if (bumpAfter.isNegative() || bumpAfter.isZero()) {
            throw new IllegalArgumentException("bumpAfter must be positive, got " + bumpAfter);
        }
        if (maxVersions < 1) {
            throw new IllegalArgumentException("maxVersions must be at least 1, got " + maxVersions);
        }
    }

    /** Room for the base fee to double, within the cap. */
    public Fees start(FeeQuote quote) {
        var priority = quote.priority().max(minPriority).min(cap);
        return new Fees(priority, quote.baseFee().shiftLeft(1).add(priority).min(cap));
    }

    /** The next offer after {@code last}; empty when the cap leaves no room for a bump that nodes accept. */
    public Optional<Fees> bump(Fees last, FeeQuote quote) {
        var leastMax = raised(last.max());
        if (leastMax.compareTo(cap) > 0) {
            return Optional.empty();
        }
        var fresh = start(quote);
        var max = leastMax.max(fresh.max());
        return Optional.of(
                new Fees(raised(last.maxPriority()).max(fresh.maxPriority()).min(max), max));
    }

    private BigInteger raised(BigInteger fee) {
        var product = fee.multiply(BigInteger.valueOf(1000L + bumpPerMille));
        return product.add(THOUSAND.subtract(BigInteger.ONE)).divide(THOUSAND).max(fee.add(BigInteger.ONE));
    }
}
