package io.crema.simulation.world;

import static io.crema.simulation.world.Violation.check;

import io.crema.chain.transactions.SignedTransaction;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.settlement.Effects;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.Quarantined;
import io.crema.events.ReceiptAccepted;
import io.crema.events.RedeemChannel;
import io.crema.events.TransactionStage;
import io.crema.events.TransactionStep;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.simulation.chain.ChannelSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold: invariants 1, 2, 3, 4, 6 and 7, from what is committed and what is on the chain, with no code of the
 * parts that it checks. Not thread-safe.
 */
final class Invariants {
    private final World world;
    private final Tail receipts;
    private final Tail intents;
    private final Tail outcomes;
    private final Tail transactions;
    private final Tail quarantine;
    private final Map<ChannelId, List<Hash>> accepted = new HashMap<>();
    private final Map<ChannelId, Amount> acceptedTotal = new HashMap<>();
    private final Map<Hash, RedeemChannel> asked = new LinkedHashMap<>();
    private final Map<Hash, Outcome> ended = new HashMap<>();
    private final Set<Hash> durable = new HashSet<>();
    private final Map<ChannelId, ChannelSlot> lastFinal = new HashMap<>();
    private final Map<Machine, List<SignedReceipt>> sold = new HashMap<>();
    private int poisoned;
    private int quarantined;

    Invariants(World world) {
        this.world = world;
        receipts = new Tail(world.log, Topic.RECEIPTS);
        intents = new Tail(world.log, Topic.INTENTS);
        outcomes = new Tail(world.log, Topic.OUTCOMES);
        transactions = new Tail(world.log, Topic.TRANSACTIONS);
        quarantine = new Tail(world.log, Topic.QUARANTINE);
        world.chain.onSent(this::checkBroadcast);
    }

    /** Something that belongs into quarantine was written. */
    void poisoned() {
        poisoned++;
    }

    int receipts() {
        return accepted.values().stream().mapToInt(List::size).sum();
    }

    long redemptions() {
        return ended.values().stream()
                .filter(outcome -> outcome.getKind() == OutcomeKind.DONE)
                .count();
    }

    void afterStep() {
        checkAccepted();
        checkIntents();
        checkOutcomes();
        checkQuarantine();
        checkFinal();
        checkTokens();
    }

    /** Invariant 4: nonce and signed bytes are durable before the first broadcast. */
    private void checkBroadcast(SignedTransaction sent) {
        checkIntents();
        for (var step : transactions.fresh(TransactionStep.class)) {
            if (step.getStage() == TransactionStage.PREPARED) {
                durable.add(Convert.hash(step.getTransactionHash()));
                for (var part : step.getIntents()) {
                    var id = Convert.hash(part.getIntent());
                    check(asked.containsKey(id), "invariant 4", "intent %s is in a transaction, but not committed", id);
                }
            }
        }
        check(
                durable.contains(sent.version().hash()),
                "invariant 4",
                "transaction %s with nonce %d was broadcast before it was durable",
                sent.version().hash(),
                sent.nonce());
    }

    /** Invariant 3: in order, once each, and only what a machine has made durable. */
    private void checkAccepted() {
        for (var receipt : receipts.fresh(ReceiptAccepted.class)) {
            var channel = Convert.channel(receipt.getChannel());
            var known = accepted.computeIfAbsent(channel, id -> new ArrayList<>());
            check(
                    receipt.getSequence() == known.size() + 1L,
                    "invariant 3",
                    "channel %s accepted sequence %d after %d",
                    channel,
                    receipt.getSequence(),
                    known.size());
            var digest = Convert.hash(receipt.getDigest());
            known.add(digest);
            acceptedTotal.put(channel, Convert.amount(receipt.getTotal()));
            var sales = sold(machine(channel), known.size());
            check(
                    sales.size() >= known.size()
                            && digest(sales.get(known.size() - 1)).equals(digest),
                    "invariant 3",
                    "channel %s accepted sequence %d, which its machine has not",
                    channel,
                    receipt.getSequence());
        }
    }

    private List<SignedReceipt> sold(Machine machine, int least) {
        var known = sold.get(machine);
        if (known == null || known.size() < least) {
            known = machine.receipts();
            sold.put(machine, known);
        }
        return known;
    }

    private static Hash digest(SignedReceipt receipt) {
        return Town.DOMAINS.payment().digest(receipt.receipt().content());
    }

    private Machine machine(ChannelId channel) {
        return world.machines.stream()
                .filter(machine -> machine.rented.channel.equals(channel))
                .findFirst()
                .orElseThrow(() -> new Violation("invariant 3", "nobody has channel " + channel));
    }

    /** Invariant 4: an intent is one attempt at one effect. */
    private void checkIntents() {
        for (var intent : intents.fresh(RedeemChannel.class)) {
            var id = Convert.hash(intent.getIntent());
            var effect = Effects.redeem(
                    Town.CHAIN_ID,
                    Town.DOMAINS.payment().verifyingContract(),
                    Convert.channel(intent.getChannel()),
                    Convert.amount(intent.getReceipt().getTotal()));
            check(
                    Convert.hash(intent.getEffect()).equals(effect)
                            && id.equals(Effects.intent(effect, intent.getAttempt())),
                    "invariant 4",
                    "intent %s is not attempt %d at its effect %s",
                    id,
                    intent.getAttempt(),
                    effect);
            check(asked.put(id, intent) == null, "invariant 4", "intent %s was made twice", id);
        }
    }

    /** Invariant 4: one outcome for each intent that was committed, and a true one. */
    private void checkOutcomes() {
        for (var outcome : outcomes.fresh(Outcome.class)) {
            var id = Convert.hash(outcome.getIntent());
            var intent = asked.get(id);
            if (intent == null) {
                throw new Violation(
                        "invariant 4", "an outcome tells of intent %s, which nobody committed".formatted(id));
            }
            check(ended.put(id, outcome) == null, "invariant 4", "intent %s has a second outcome", id);
            var reached = outcome.getKind() == OutcomeKind.DONE || outcome.getKind() == OutcomeKind.ALREADY_DONE;
            var slot = finalState().channel(Convert.channel(intent.getChannel()));
            var total = Convert.amount(intent.getReceipt().getTotal());
            check(
                    !reached || slot.due(total).isZero(),
                    "invariant 4",
                    "intent %s is said to be %s, but of %s only %s is redeemed in final blocks",
                    id,
                    outcome.getKind(),
                    total,
                    slot.redeemed());
        }
    }

    /** Invariant 6: what was no record is there, and nothing else. */
    private void checkQuarantine() {
        for (var refused : quarantine.fresh(Quarantined.class)) {
            quarantined++;
            check(
                    quarantined <= poisoned,
                    "invariant 6",
                    "offset %d of %s-%d went to quarantine: %s, %s",
                    refused.getOffset(),
                    refused.getTopic(),
                    refused.getPartition(),
                    refused.getReason(),
                    refused.getDetail());
        }
    }

    /** Invariant 1, over final blocks. */
    private void checkFinal() {
        var state = finalState();
        for (var machine : world.machines) {
            var channel = machine.rented.channel;
            var slot = state.channel(channel);
            var last = lastFinal.put(channel, slot);
            check(
                    !slot.redeemed().exceeds(slot.deposited()),
                    "invariant 1",
                    "channel %s has redeemed %s of %s",
                    channel,
                    slot.redeemed(),
                    slot.deposited());
            check(
                    last == null
                            || !last.redeemed().exceeds(slot.redeemed())
                                    && !last.deposited().exceeds(slot.deposited()),
                    "invariant 1",
                    "channel %s went back from %s to %s in final blocks",
                    channel,
                    last,
                    slot);
            if (last == null || !last.redeemed().equals(slot.redeemed())) {
                check(
                        !slot.redeemed().exceeds(world.people.highest(channel)),
                        "invariant 1",
                        "channel %s has redeemed %s, but only %s was signed",
                        channel,
                        slot.redeemed(),
                        world.people.highest(channel));
            }
        }
    }

    /** Invariant 1, on chain: the tokens are there. */
    private void checkTokens() {
        var state = world.chain.state(world.chain.head());
        var owed = state.channels().values().stream()
                .filter(slot -> !slot.isClosed())
                .map(slot -> slot.deposited().minus(slot.redeemed()).value())
                .reduce(state.credited(), java.math.BigInteger::add);
        var held = state.tokens(Town.DOMAINS.payment().verifyingContract());
        check(held.equals(owed), "invariant 1", "the contract holds %s and owes %s", held, owed);
    }

    private io.crema.simulation.chain.PaymentState finalState() {
        return world.chain.state(world.chain.head() - Settlement.CONFIRMATIONS + 1);
    }

    boolean isAtRest() {
        return unrest().isEmpty();
    }

    /** What is still to be done; empty at rest. */
    String unrest() {
        for (var machine : world.machines) {
            var channel = machine.rented.channel;
            var count = accepted.getOrDefault(channel, List.of()).size();
            var durableHere = machine.receipts().size();
            if (isClosed(machine)) {
                continue;
            }
            if (count < durableHere || !machine.deliveries.isEmpty()) {
                return "invariant 3: channel %s has %d durable receipts, %d are accepted"
                        .formatted(channel, durableHere, count);
            }
            var slot = finalState().channel(channel);
            var total = acceptedTotal.getOrDefault(channel, Amount.ZERO);
            if (!slot.due(total).isZero()) {
                return "invariant 7: channel %s has accepted %s, %s of %s is redeemed"
                        .formatted(channel, total, slot.redeemed(), slot.deposited());
            }
        }
        for (var id : asked.keySet()) {
            if (!ended.containsKey(id)) {
                return "invariant 4: intent %s has no outcome".formatted(id);
            }
        }
        if (quarantined < poisoned) {
            return "invariant 6: %d records are none, %d are in quarantine".formatted(poisoned, quarantined);
        }
        return world.chain.isPoolEmpty() ? Audit.difference(world) : "the pool is not empty";
    }

    /** What was sold after that is not paid on chain; the log has it, and waits for nothing. */
    private boolean isClosed(Machine machine) {
        return world.chain
                .state(world.chain.head())
                .channel(machine.rented.channel)
                .isClosed();
    }

    /** What can be checked only when all is done. */
    void atRest() {
        for (var machine : world.machines) {
            check(
                    machine.body.begun() <= machine.receipts().size(),
                    "invariant 2",
                    "machine %s has begun %d cups for %d receipts",
                    machine.rented.serial,
                    machine.body.begun(),
                    machine.receipts().size());
        }
    }
}
