package io.crema.settlement.step;

import io.crema.chain.transactions.TransactionPolicy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * When and how intents become transactions. Immutable.
 *
 * @param transactions how the account sends
 * @param gatherFor how long the first waiting intent waits for others to go with it
 * @param mostRows the most channels that one transaction redeems
 * @param deadlineMargin an intent is urgent from so long before its deadline
 * @param tokenPerEther how many of the token's smallest units one ether is worth; empty = redeem whatever it costs
 * @param patientBaseFee above this base fee (wei per gas) what is not urgent waits; empty = never
 * @param holdFor how long what is not worth its gas waits until it is looked at again
 * @param lowBalance below this (wei) the operator is warned
 */
public record SettlementPolicy(
        TransactionPolicy transactions,
        Duration gatherFor,
        int mostRows,
        Duration deadlineMargin,
        Optional<BigInteger> tokenPerEther,
        Optional<BigInteger> patientBaseFee,
        Duration holdFor,
        BigInteger lowBalance) {

    /** Osaka lets a transaction use 16,777,216 gas at most (EIP-7825); a row takes up to about 75,000. */
    public static final int MOST_ROWS = 200;

    public SettlementPolicy {
        if (mostRows < 1 || mostRows > MOST_ROWS) {
            throw new IllegalArgumentException("a batch has 1 to %d rows, got %d".formatted(MOST_ROWS, mostRows));
        }
        if (gatherFor.isNegative() || holdFor.isNegative() || deadlineMargin.isNegative()) {
            throw new IllegalArgumentException(
                    "times to wait are not negative, got %s, %s, %s".formatted(gatherFor, holdFor, deadlineMargin));
        }
    }

    /** Batches of 100, 200 ms to gather, gas paid whatever it costs, a warning below 0.05 ether. */
    public static SettlementPolicy of(TransactionPolicy transactions) {
        return new SettlementPolicy(
                transactions,
                Duration.ofMillis(200),
                100,
                Duration.ofMinutes(2),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30),
                new BigInteger("50000000000000000"));
    }
}
