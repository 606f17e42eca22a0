package io.crema.settlement.step;

import io.crema.chain.transactions.FeeQuote;
import io.crema.contracts.value.Amount;
import io.crema.settlement.intent.RedeemIntent;
import java.math.BigInteger;

/** Whether a redemption is worth its gas now. Pure. */
final class Economy {
    private static final BigInteger WEI_PER_ETHER = BigInteger.TEN.pow(18);
    /** What a row of a batch costs, with its share of the transaction. */
    private static final BigInteger GAS_PER_ROW = BigInteger.valueOf(45_000);

    private final SettlementPolicy policy;

    Economy(SettlementPolicy policy) {
        this.policy = policy;
    }

    /** @param gain what the payee would be credited, in the token's smallest unit */
    boolean isWorthIt(RedeemIntent intent, Amount gain, FeeQuote fees) {
        if (intent.mustBeRedeemed()) {
            return true;
        }
        var cheapEnough = policy.patientBaseFee()
                .map(most -> fees.baseFee().compareTo(most) <= 0)
                .orElse(true);
        return cheapEnough
                && policy.tokenPerEther()
                        .map(rate -> gain.value()
                                        .multiply(WEI_PER_ETHER)
                                        .compareTo(cost(fees).multiply(rate))
                                >= 0)
                        .orElse(true);
    }

    private static BigInteger cost(FeeQuote fees) {
        return fees.baseFee().add(fees.priority()).multiply(GAS_PER_ROW);
    }
}
