package io.crema.settlement.step;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What gas usually costs: an average of the base fees seen, in which old ones fade. Starts anew with the process. Not
 * thread-safe.
 */
final class UsualFee {
    private final Duration over;
    private Optional<BigInteger> usual = Optional.empty();
    private Instant last = Instant.MIN;

    UsualFee(Duration over) {
        this.over = over;
    }

    /** Moves towards the fee by the share that the time since the last look has of that time and {@code over}. */
    void sees(BigInteger baseFee, Instant now) {
        if (usual.isEmpty()) {
            usual = Optional.of(baseFee);
            last = now;
            return;
        }
        var passed = BigInteger.valueOf(Math.max(0, Duration.between(last, now).toMillis()));
        var before = usual.get();
        usual = Optional.of(before.add(
                baseFee.subtract(before).multiply(passed).divide(passed.add(BigInteger.valueOf(over.toMillis())))));
        last = now;
    }

    /** Whether it is time to look again. */
    boolean isDue(Instant now) {
        return usual.isEmpty() || !now.isBefore(last.plus(over.dividedBy(100)));
    }

    /** In wei; empty before the first look. */
    Optional<BigInteger> wei() {
        return usual;
    }
}
