package io.crema.settlement;

import io.crema.chain.transactions.FeePolicy;
import io.crema.chain.transactions.TransactionPolicy;
import io.crema.settlement.step.SettlementPolicy;
import java.time.Duration;

/** Policies for tests. */
final class TestPolicies {
    private TestPolicies() {}

    /** Pays more after two seconds already. */
    static SettlementPolicy impatient(SettlementPolicy usual) {
        var sending = usual.transactions();
        var fees = sending.fees();
        return usual.with(new TransactionPolicy(
                new FeePolicy(fees.minPriority(), fees.cap(), fees.bumpPerMille(), Duration.ofSeconds(2), 20),
                sending.confirmations(),
                Duration.ofMillis(500),
                sending.maxOpen()));
    }
}
