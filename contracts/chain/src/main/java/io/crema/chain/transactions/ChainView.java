package io.crema.chain.transactions;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a node said about an account and its open transactions. Immutable.
 *
 * @param account whose view it is
 * @param head number of the newest block
 * @param latestNonce the account's next nonce on chain
 * @param confirmedNonce the same as of the block that is deep enough; read only where a nonce was used and none of our
 *     versions was seen
 * @param fees what gas costs
 * @param inclusions of open versions, by transaction hash
 */
public record ChainView(
        Address account,
        long head,
        long latestNonce,
        OptionalLong confirmedNonce,
        FeeQuote fees,
        Map<Hash, Inclusion> inclusions) {

    public ChainView {
        inclusions = Map.copyOf(inclusions);
    }

    /**
     * Asks the node for what {@link Decision#decide} needs.
     *
     * @throws ChainUnreachableException when a question has no answer
     */
    public static ChainView read(ChainPort chain, Address account, AccountState state, TransactionPolicy policy) {
        var head = chain.blockNumber();
        var latest = chain.latestNonce(account);
        Map<Hash, Inclusion> inclusions = new HashMap<>();
        var vanished = findInclusions(chain, state, latest, inclusions);
        var confirmed = OptionalLong.empty();
        if (vanished) {
            // deep nonce first, versions again after: what is that deep in the chain is then visible
            confirmed = OptionalLong.of(chain.nonceAt(account, Math.max(0, head - policy.confirmations() + 1)));
            findInclusions(chain, state, latest, inclusions);
        }
        return new ChainView(account, head, latest, confirmed, chain.fees(), inclusions);
    }

    /** Whether a used nonce has no version of ours in a block. */
    private static boolean findInclusions(
            ChainPort chain, AccountState state, long latestNonce, Map<Hash, Inclusion> inclusions) {
        var used = state.open().headMap(latestNonce).values();
        inclusions.putAll(chain.inclusions(used.stream()
                .flatMap(transaction -> transaction.versions().stream())
                .map(SignedVersion::hash)
                .toList()));
        return used.stream()
                .anyMatch(transaction ->
                        transaction.versions().stream().map(SignedVersion::hash).noneMatch(inclusions::containsKey));
    }
}
