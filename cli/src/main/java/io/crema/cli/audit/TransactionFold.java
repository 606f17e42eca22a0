package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.address;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.TransactionStage;
import io.crema.events.TransactionStep;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Sent transactions: each nonce of an account ends once, and the newest that are called confirmed are on the chain. Not
 * thread-safe.
 */
final class TransactionFold {
    /** How many of the newest are looked up on the chain: older ones a node may have forgotten. */
    static final int MOST_LOOKED_UP = 1_000;

    private final Findings findings;
    private final Map<ChannelId, IntentFold.Done> notSeen;
    private final Map<Address, BitSet> confirmed = new HashMap<>();
    private final Map<Hash, Long> blocks = new HashMap<>();
    private final Deque<Confirmed> newest = new ArrayDeque<>();
    private long count;
    private long gas;

    private record Confirmed(Hash transaction, String place) {}

    /** @param notSeen redemptions that are called done, and that the chain's events do not show */
    TransactionFold(Findings findings, Map<ChannelId, IntentFold.Done> notSeen) {
        this.findings = findings;
        this.notSeen = notSeen;
        notSeen.values().forEach(done -> blocks.put(done.transaction(), Long.MAX_VALUE));
    }

    void add(LogRecord record) {
        if (!(record.value().orElse(null) instanceof TransactionStep step)) {
            findings.differs(4, "", "bytes that are no step", "only steps are written there", record.place());
            return;
        }
        if (step.getStage() != TransactionStage.CONFIRMED) {
            return;
        }
        var account = address(step.getAccount());
        var transaction = hash(step.getTransactionHash());
        var nonces = confirmed.computeIfAbsent(account, key -> new BitSet());
        var nonce = Math.toIntExact(step.getNonce());
        if (nonces.get(nonce)) {
            findings.differs(
                    4,
                    "account " + account,
                    "nonce %d is confirmed in %s".formatted(nonce, transaction),
                    "it was confirmed before",
                    record.place());
        }
        nonces.set(nonce);
        count++;
        var used = step.getGasUsed();
        gas += used == null ? 0 : used;
        var block = step.getBlockNumber();
        blocks.computeIfPresent(transaction, (key, unknown) -> block == null ? unknown : block);
        newest.add(new Confirmed(transaction, record.place()));
        if (newest.size() > MOST_LOOKED_UP) {
            newest.removeFirst();
        }
    }

    /** After the last step. */
    void check(ChainAt chain) {
        notSeen.forEach((channel, done) -> {
            if (blocks.getOrDefault(done.transaction(), Long.MAX_VALUE) > chain.block()) {
                findings.pending("redemptions done after the block", 1);
            } else {
                findings.differs(
                        4,
                        "channel " + channel,
                        "the redemption up to %s is done in %s".formatted(done.total(), done.transaction()),
                        "the chain has not redeemed so much",
                        done.place());
            }
        });
        for (var one : newest) {
            var inclusion = chain.inclusion(one.transaction());
            if (inclusion.isEmpty() || !inclusion.get().success()) {
                findings.differs(
                        4,
                        "transaction " + one.transaction(),
                        "it is confirmed",
                        inclusion.isEmpty() ? "the chain does not have it" : "it failed on the chain",
                        one.place());
            }
        }
    }

    long count() {
        return count;
    }

    long gas() {
        return gas;
    }

    long lookedUp() {
        return newest.size();
    }
}
