package io.crema.edge.chain;

import io.crema.chain.transactions.FeePolicy;
import io.crema.chain.transactions.TransactionPolicy;
import io.crema.contracts.value.Amount;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;

/**
 * When a machine acts on chain by itself.
 *
 * @param silence how long the platform must have been out of reach
 * @param every how long at least from one redemption to the next
 * @param least what a redemption must pay at least, in the token's smallest unit
 * @param mostWeiPerGas the most that it pays for gas
 * @param confirmations blocks, with the one it is in, until a transaction is final
 * @param bumpAfter how long a transaction waits to be mined before it pays more
 */
public record DirectPolicy(
        Duration silence,
        Duration every,
        Amount least,
        BigInteger mostWeiPerGas,
        int confirmations,
        Duration bumpAfter) {

    /** After a day of silence, once a day, whatever there is, for at most 200 gwei, 12 blocks. */
    public static final DirectPolicy USUAL = new DirectPolicy(
            Duration.ofDays(1),
            Duration.ofDays(1),
            Amount.of(1),
            BigInteger.valueOf(200_000_000_000L),
            12,
            Duration.ofMinutes(3));

    public DirectPolicy {
        var faults = new ArrayList<String>();
        if (silence.isNegative() || silence.isZero()) {
            faults.add("silence is %s, expected a positive time".formatted(silence));
        }
        if (every.isNegative()) {
            faults.add("every is %s, expected 0 or more".formatted(every));
        }
        if (least.isZero()) {
            faults.add("least is 0, expected at least 1");
        }
        if (mostWeiPerGas.signum() <= 0) {
            faults.add("mostWeiPerGas is %s, expected at least 1".formatted(mostWeiPerGas));
        }
        if (confirmations < 1) {
            faults.add("confirmations is %d, expected at least 1".formatted(confirmations));
        }
        if (bumpAfter.isNegative() || bumpAfter.isZero()) {
            faults.add("bumpAfter is %s, expected a positive time".formatted(bumpAfter));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "the settings for acting on chain are wrong: " + String.join("; ", faults));
        }
    }

    TransactionPolicy transactions() {
        var priority = BigInteger.valueOf(1_000_000_000L).min(mostWeiPerGas);
        return new TransactionPolicy(
                new FeePolicy(priority, mostWeiPerGas, 125, bumpAfter, 20), confirmations, Duration.ofSeconds(30), 2);
    }
}
