package io.crema.streams.channels;

import io.crema.contracts.typed.Domain;
import io.crema.streams.redemption.RedemptionPolicy;
import java.time.Duration;

/**
 * What the topology of channels needs to know.
 *
 * @param partitions of all channel-keyed topics
 * @param payment PaymentProvider's domain
 * @param mostWaitingPerMachine how many receipts of one machine may be set aside in one partition
 * @param lookEvery how often the clock is asked whether a redemption is due
 */
public record BalancesSettings(
        int partitions, Domain payment, RedemptionPolicy policy, int mostWaitingPerMachine, Duration lookEvery) {
    public static final int DEFAULT_MOST_WAITING = 10_000;
}
