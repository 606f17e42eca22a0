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
 * @param checkingEach whether each accepted receipt's own signature is checked, and not only the newest of a run; what
 *     is accepted does not depend on it
 */
public record BalancesSettings(
        int partitions,
        Domain payment,
        RedemptionPolicy policy,
        int mostWaitingPerMachine,
        Duration lookEvery,
        boolean checkingEach) {
    public static final int DEFAULT_MOST_WAITING = 10_000;

    /** One signature per run. */
    public BalancesSettings(
            int partitions, Domain payment, RedemptionPolicy policy, int mostWaitingPerMachine, Duration lookEvery) {
        this(partitions, payment, policy, mostWaitingPerMachine, lookEvery, false);
    }
}
