package io.crema.settlement.step;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * When a redemption that is not urgent is worth its gas. Immutable.
 *
 * @param tokenPerEther how many of the token's smallest units one ether is worth; empty = redeem whatever it costs
 * @param ceiling above this base fee (wei per gas) it waits; empty = no ceiling
 * @param percentOfUsual above this percentage of the usual base fee it waits; empty = the usual fee does not matter
 * @param usualOver over how long the usual base fee is measured
 * @param patience after so long, by the log's time of the intent, it waits for cheaper gas no longer; it still waits
 *     until it is worth its gas
 * @param lookAgain how long it is left alone before it is looked at again
 */
public record GasPolicy(
        Optional<BigInteger> tokenPerEther,
        Optional<BigInteger> ceiling,
        Optional<Integer> percentOfUsual,
        Duration usualOver,
        Duration patience,
        Duration lookAgain) {

    /** Gas is paid whatever it costs. */
    public static final GasPolicy CARELESS = new GasPolicy(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofSeconds(30));

    public GasPolicy {
        if (usualOver.isNegative() || usualOver.isZero() || patience.isNegative() || lookAgain.isNegative()) {
            throw new IllegalArgumentException(
                    "times of the gas policy are not negative, and the usual fee is measured over a while; got %s, %s, %s"
                            .formatted(usualOver, patience, lookAgain));
        }
        percentOfUsual.ifPresent(percent -> {
            if (percent < 1) {
                throw new IllegalArgumentException("percentOfUsual is at least 1, got " + percent);
            }
        });
    }
}
