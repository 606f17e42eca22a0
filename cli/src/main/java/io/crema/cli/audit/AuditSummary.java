package io.crema.cli.audit;

import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param payment the audited PaymentProvider
 * @param block which the chain was read at, and its hash
 * @param offsets up to where each topic was read, by partition, exclusive
 * @param counts what the log holds
 * @param sums money in the token's smallest unit, as decimal strings
 * @param pending what is under way
 * @param quarantined by reason
 * @param ahead channels of which the chain has redeemed more than the log has receipts for
 * @param differences at most 100; the invariants' details count all
 */
public record AuditSummary(
        Domain payment,
        long block,
        Hash hash,
        Map<String, List<Long>> offsets,
        Map<String, Long> counts,
        Map<String, String> sums,
        Map<String, Long> pending,
        Map<String, Long> quarantined,
        List<ChannelId> ahead,
        List<Invariant> invariants,
        List<Difference> differences) {

    /** One of the counts. */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** One of the sums. */
    public String sum(String name) {
        return sums.getOrDefault(name, "0");
    }

    /** Whether log and chain agree; what is under way is no difference. */
    public boolean agrees() {
        return differences.isEmpty() && invariants.stream().allMatch(Invariant::holds);
    }
}
