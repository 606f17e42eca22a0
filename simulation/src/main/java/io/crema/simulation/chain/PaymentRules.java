package io.crema.simulation.chain;

import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Address;
import java.math.BigInteger;

/**
 * How a PaymentProvider was deployed.
 *
 * @param opener who may open channels
 * @param unlimited what an account holds of the token before its first transfer
 */
public record PaymentRules(
        Domain domain, Address opener, int minPeriodMinutes, int maxPeriodMinutes, BigInteger unlimited) {
    long overlapSeconds() {
        return maxPeriodMinutes * 60L;
    }

    Address contract() {
        return domain.verifyingContract();
    }
}
