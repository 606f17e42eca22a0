package io.crema.settlement.step;

import io.crema.chain.transactions.FeeQuote;
import io.crema.contracts.value.Amount;
import io.crema.settlement.WaitsFor;
import io.crema.settlement.intent.Hold;
import io.crema.settlement.intent.Pending;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether redemptions that need not be sent now are worth their gas. Pure.
 *
 * @param usualFee the usual base fee in wei, where it is known
 */
record Economy(GasPolicy policy, FeeQuote fees, Optional<BigInteger> usualFee) {
    private static final BigInteger WEI_PER_ETHER = BigInteger.TEN.pow(18);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    /** What one row more costs in a batch (contracts/gas.md: 15,195 to 24,194). */
    static final long GAS_PER_ROW = 25_000;
    /** What a transaction costs besides its rows. */
    static final long GAS_PER_CALL = 26_000;

    /** Why the intent waits; empty when it goes. */
    Optional<Hold> hold(Pending pending, Amount gain, Instant now) {
        var limit = limit();
        var impatient = now.isAfter(pending.asked().plus(policy.patience()));
        if (!impatient && limit.isPresent() && fees.baseFee().compareTo(limit.get()) > 0) {
            return Optional.of(new Hold(
                    WaitsFor.CHEAPER_GAS,
                    "the base fee is %s, wanted at most %s".formatted(Wei.gwei(fees.baseFee()), Wei.gwei(limit.get())),
                    now.plus(policy.lookAgain())));
        }
        return hold(gain.value(), GAS_PER_ROW, now);
    }

    /** The same for all that so much gas brings. @param gain in the token's smallest unit */
    Optional<Hold> hold(BigInteger gain, long gas, Instant now) {
        var price = fees.baseFee().add(fees.priority());
        return policy.tokenPerEther()
                .map(rate ->
                        price.multiply(BigInteger.valueOf(gas)).multiply(rate).divide(WEI_PER_ETHER))
                .filter(cost -> gain.compareTo(cost) < 0)
                .map(cost -> new Hold(
                        WaitsFor.MORE_VALUE,
                        "it brings %s and costs %s of the token's smallest unit in gas".formatted(gain, cost),
                        now.plus(policy.lookAgain())));
    }

    /** The highest base fee at which what can wait goes. */
    private Optional<BigInteger> limit() {
        var byUsual = policy.percentOfUsual()
                .flatMap(percent -> usualFee.map(
                        usual -> usual.multiply(BigInteger.valueOf(percent)).divide(HUNDRED)));
        return policy.ceiling()
                .map(ceiling -> byUsual.map(ceiling::min).orElse(ceiling))
                .or(() -> byUsual);
    }
}
