package io.crema.settlement.step;

import io.crema.chain.transactions.TransactionPolicy;
import java.math.BigInteger;
import java.time.Duration;

/**
 * How intents become transactions. Immutable.
 *
 * @param transactions how an account sends
 * @param gatherFor how long an intent that is not urgent waits for others to go with it
 * @param mostRows the most channels that one transaction redeems
 * @param deadlineMargin an intent is urgent from so long before its deadline
 * @param gas when it is worth its gas
 * @param lowBalance below this (wei) an account raises an alarm
 */
public record SettlementPolicy(
        TransactionPolicy transactions,
        Duration gatherFor,
        int mostRows,
        Duration deadlineMargin,
        GasPolicy gas,
        BigInteger lowBalance) {

    /** Osaka lets a transaction use 16,777,216 gas at most (EIP-7825); a row takes up to about 75,000. */
    public static final int MOST_ROWS = 200;

    public SettlementPolicy {
        if (mostRows < 1 || mostRows > MOST_ROWS) {
            throw new IllegalArgumentException("a batch has 1 to %d rows, got %d".formatted(MOST_ROWS, mostRows));
        }
        if (gatherFor.isNegative() || deadlineMargin.isNegative()) {
            throw new IllegalArgumentException(
                    "times to wait are not negative, got %s, %s".formatted(gatherFor, deadlineMargin));
        }
        if (lowBalance.signum() < 0) {
            throw new IllegalArgumentException("lowBalance is 0 wei or more, got " + lowBalance);
        }
    }

    /** Batches of 100, 200 ms to gather, gas paid whatever it costs, an alarm below 0.05 ether. */
    public static SettlementPolicy of(TransactionPolicy transactions) {
        return new SettlementPolicy(
                transactions,
                Duration.ofMillis(200),
                100,
                Duration.ofMinutes(2),
                GasPolicy.CARELESS,
                new BigInteger("50000000000000000"));
    }

    public SettlementPolicy with(TransactionPolicy other) {
        return new SettlementPolicy(other, gatherFor, mostRows, deadlineMargin, gas, lowBalance);
    }

    public SettlementPolicy with(GasPolicy other) {
        return new SettlementPolicy(transactions, gatherFor, mostRows, deadlineMargin, other, lowBalance);
    }

    public SettlementPolicy withBatches(Duration time, int rows) {
        return new SettlementPolicy(transactions, time, rows, deadlineMargin, gas, lowBalance);
    }

    public SettlementPolicy withLowBalance(BigInteger wei) {
        return new SettlementPolicy(transactions, gatherFor, mostRows, deadlineMargin, gas, wei);
    }
}
