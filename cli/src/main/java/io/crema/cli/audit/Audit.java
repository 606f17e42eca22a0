package io.crema.cli.audit;

import static io.crema.cli.audit.Invariant.broken;
import static io.crema.cli.audit.Invariant.holds;
import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.channel;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.chain.deploy.Contracts;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ChannelBalance;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.Quarantined;
import io.crema.events.ReceiptAccepted;
import io.crema.events.ReceiptRun;
import io.crema.events.RedeemChannel;
import io.crema.events.RequestService;
import io.crema.events.TransactionStage;
import io.crema.events.TransactionStep;
import io.crema.schemas.topic.Topic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Judges what log and chain say once everything has come to rest. Reads everything at construction; the judgements are
 * pure. Invariant 5 needs the read models and is judged where they are.
 */
public final class Audit {
    private final Domain domain;
    private final ChainState chain;
    private final Map<ChannelId, ChannelFold> channels;
    private final Map<ChannelId, ReceiptFold> receipts;
    private final Map<ChannelId, ChannelBalance> balances = new TreeMap<>();
    private final List<LogRecord<Quarantined>> quarantined;
    private final Map<Hash, Hash> effectOfIntent = new LinkedHashMap<>();
    private final Map<Hash, List<Outcome>> outcomes = new HashMap<>();
    private final List<TransactionStep> steps = new ArrayList<>();

    /** What the log amounts to. */
    public record Figures(
            long accepted,
            long waiting,
            long quarantined,
            Amount total,
            Amount redeemed,
            long transactions,
            long gas) {}

    public Audit(String bootstrapServers, ChainState chain, Contracts contracts) {
        this.domain = contracts.paymentDomain();
        this.chain = chain;
        try (var log = new LogReader(bootstrapServers)) {
            channels = ChannelFold.of(log.read(Topic.CHAIN_CHANNELS));
            receipts = ReceiptFold.of(
                    log.read(Topic.EDGE_RECEIPTS, ReceiptRun.class),
                    log.read(Topic.RECEIPTS, ReceiptAccepted.class),
                    domain);
            log.read(Topic.BALANCES, ChannelBalance.class)
                    .forEach(row -> balances.put(channel(row.value().getChannel()), row.value()));
            quarantined = log.read(Topic.QUARANTINE, Quarantined.class);
            for (var intent : log.read(Topic.INTENTS)) {
                switch (intent.value()) {
                    case RedeemChannel redeem -> effectOfIntent.put(hash(redeem.getIntent()), hash(redeem.getEffect()));
                    case RequestService request ->
                        effectOfIntent.put(hash(request.getIntent()), hash(request.getEffect()));
                    default -> {}
                }
            }
            log.read(Topic.OUTCOMES, Outcome.class)
                    .forEach(outcome -> outcomes.computeIfAbsent(
                                    hash(outcome.value().getIntent()), intent -> new ArrayList<>())
                            .add(outcome.value()));
            log.read(Topic.TRANSACTIONS, TransactionStep.class).forEach(step -> steps.add(step.value()));
        }
    }

    /** Whether every intent in the log has an outcome by now. */
    public static boolean allIntentsClosed(String bootstrapServers) {
        try (var log = new LogReader(bootstrapServers)) {
            Set<Hash> closed = new HashSet<>();
            log.read(Topic.OUTCOMES, Outcome.class)
                    .forEach(outcome -> closed.add(hash(outcome.value().getIntent())));
            return log.read(Topic.INTENTS).stream()
                    .map(record -> intent(record.value()))
                    .allMatch(intent -> intent.isEmpty() || closed.contains(intent.get()));
        }
    }

    private static Optional<Hash> intent(SpecificRecord record) {
        return switch (record) {
            case RedeemChannel redeem -> Optional.of(hash(redeem.getIntent()));
            case RequestService request -> Optional.of(hash(request.getIntent()));
            default -> Optional.empty();
        };
    }

    public Figures figures() {
        var confirmed = confirmed();
        return new Figures(
                receipts.values().stream()
                        .mapToLong(fold -> fold.accepted().size())
                        .sum(),
                balances.values().stream()
                        .mapToLong(ChannelBalance::getWaitingReceipts)
                        .sum(),
                quarantined.size(),
                receipts.values().stream().map(ReceiptFold::total).reduce(Amount.ZERO, Amount::plus),
                channels.keySet().stream()
                        .map(id -> chain.channel(id).redeemed())
                        .reduce(Amount.ZERO, Amount::plus),
                confirmed.size(),
                confirmed.values().stream().mapToLong(ChainState.Mined::gasUsed).sum());
    }

    /** All that this audit can judge. */
    public List<Invariant> judge(Collection<Served> served) {
        return List.of(
                moneyIsBounded(),
                cupsArePaid(served),
                receiptsCountOnce(),
                effectsHappenOnce(),
                nothingVanishes(),
                chainAgrees());
    }

    private Invariant moneyIsBounded() {
        var owed = BigInteger.ZERO;
        Set<Address> accounts = new TreeSet<>();
        for (var entry : channels.entrySet()) {
            var fold = entry.getValue();
            var slot = chain.channel(entry.getKey());
            var signed = receipts.containsKey(entry.getKey())
                    ? receipts.get(entry.getKey()).highestSignedTotal(fold.customer(), domain)
                    : Amount.ZERO;
            if (slot.redeemed().exceeds(signed)) {
                return broken(
                        1,
                        "channel %s: redeemed %s on chain, but the log has receipts for %s only"
                                .formatted(entry.getKey(), slot.redeemed(), signed));
            }
            if (slot.redeemed().exceeds(slot.deposited())) {
                return broken(
                        1,
                        "channel %s: redeemed %s of a deposit of %s"
                                .formatted(entry.getKey(), slot.redeemed(), slot.deposited()));
            }
            var decrease = fold.firstDecrease();
            if (decrease.isPresent()) {
                return broken(1, "channel %s: %s".formatted(entry.getKey(), decrease.get()));
            }
            if (!fold.closed()) {
                owed = owed.add(slot.deposited().minus(slot.redeemed()).value());
            }
            accounts.add(fold.customer());
            accounts.add(fold.payee());
        }
        var credited = chain.credited(accounts);
        var held = chain.held();
        if (held.compareTo(owed.add(credited.value())) < 0) {
            return broken(
                    1,
                    "the contract holds %s, but owes %s in channels and %s in credits".formatted(held, owed, credited));
        }
        return holds(
                1,
                "%d channels: redeemed <= signed, redeemed <= deposited, never falling; the contract holds %s and owes %s"
                        .formatted(channels.size(), held, owed.add(credited.value())));
    }

    private Invariant cupsArePaid(Collection<Served> served) {
        Set<Hash> seen = new HashSet<>();
        Map<ChannelId, Set<Hash>> published = new HashMap<>();
        for (var cup : served) {
            var known = published.computeIfAbsent(
                    cup.channel(),
                    id -> receipts.containsKey(id) ? receipts.get(id).published() : Set.of());
            if (!known.contains(cup.digest())) {
                return broken(
                        2,
                        "channel %s: cup %d was poured, but its receipt is not in the log"
                                .formatted(cup.channel(), cup.sequence()));
            }
            if (!seen.add(cup.digest())) {
                return broken(2, "channel %s: receipt %d paid for two cups".formatted(cup.channel(), cup.sequence()));
            }
        }
        return holds(2, "%d cups poured, each with a receipt of its own in the log".formatted(served.size()));
    }

    private Invariant receiptsCountOnce() {
        var count = 0L;
        for (var entry : receipts.entrySet()) {
            var fault = entry.getValue().firstAcceptanceFault(entry.getKey(), domain);
            if (fault.isPresent()) {
                return broken(3, fault.get());
            }
            count += entry.getValue().accepted().size();
        }
        return holds(3, "%d receipts accepted, per channel 1, 2, 3 and so on, each once, as signed".formatted(count));
    }

    private Invariant effectsHappenOnce() {
        for (var entry : effectOfIntent.entrySet()) {
            var ends = outcomes.getOrDefault(entry.getKey(), List.of());
            if (ends.size() != 1) {
                return broken(4, "intent %s has %d outcomes, expected 1".formatted(entry.getKey(), ends.size()));
            }
        }
        var confirmed = confirmed();
        Map<Hash, Hash> doneBy = new HashMap<>();
        for (var ends : outcomes.values()) {
            for (var outcome : ends) {
                var by = outcome.getTransactionHash();
                if (outcome.getKind() != OutcomeKind.DONE) {
                    continue;
                }
                var transaction = by == null ? null : confirmed.get(hash(by));
                if (transaction == null || !transaction.succeeded()) {
                    return broken(
                            4,
                            "intent %s is called done, but the chain has no successful transaction for it"
                                    .formatted(hash(outcome.getIntent())));
                }
                var other = doneBy.put(hash(outcome.getEffect()), hash(by));
                if (other != null) {
                    return broken(
                            4,
                            "effect %s happened in %s and in %s".formatted(hash(outcome.getEffect()), other, hash(by)));
                }
            }
        }
        var useless = uselessRedemption();
        if (useless != null) {
            return broken(4, useless);
        }
        return holds(
                4,
                "%d intents, each with one outcome; %d effects, each in one of %d transactions"
                        .formatted(effectOfIntent.size(), doneBy.size(), confirmed.size()));
    }

    /** A redemption on chain that paid for nothing new, or more than its receipt. */
    private @Nullable String uselessRedemption() {
        for (var entry : channels.entrySet()) {
            var before = Amount.ZERO;
            for (var redemption : entry.getValue().redemptions()) {
                var redeemed = amount(redemption.getRedeemed());
                if (redeemed.compareTo(before) <= 0 || redeemed.compareTo(amount(redemption.getTotal())) > 0) {
                    return "channel %s: block %d redeems it from %s to %s by a receipt of %s"
                            .formatted(
                                    entry.getKey(),
                                    redemption.getOrigin().getBlockNumber(),
                                    before,
                                    redeemed,
                                    redemption.getTotal());
                }
                before = redeemed;
            }
        }
        return null;
    }

    private Invariant nothingVanishes() {
        Set<Hash> refused = new HashSet<>();
        for (var record : quarantined) {
            var value = record.value().getValue();
            if (value != null) {
                var bytes = new byte[value.remaining()];
                value.duplicate().get(bytes);
                if (!Keccak.hash(bytes).equals(hash(record.value().getValueHash()))) {
                    return broken(
                            6,
                            "quarantine record at %d:%d holds other bytes than were refused"
                                    .formatted(record.partition(), record.offset()));
                }
            }
            refused.add(hash(record.value().getValueHash()));
        }
        var published = 0L;
        var accepted = 0L;
        var waiting = 0L;
        for (var entry : receipts.entrySet()) {
            var fold = entry.getValue();
            published += fold.published().size();
            accepted += fold.accepted().size();
            var balance = balances.get(entry.getKey());
            waiting += balance == null ? 0 : balance.getWaitingReceipts();
        }
        if (accepted + waiting > published || accepted + waiting + quarantined.size() < published) {
            return broken(
                    6,
                    "%d different receipts published, but %d accepted, %d waiting, %d in quarantine"
                            .formatted(published, accepted, waiting, quarantined.size()));
        }
        return holds(
                6,
                "%d receipts published = %d accepted, %d waiting, the rest among %d in quarantine (%d different values)"
                        .formatted(published, accepted, waiting, quarantined.size(), refused.size()));
    }

    private Invariant chainAgrees() {
        for (var entry : channels.entrySet()) {
            var id = entry.getKey();
            var slot = chain.channel(id);
            var fold = entry.getValue();
            if (!slot.deposited().equals(fold.deposited()) || !slot.redeemed().equals(fold.redeemed())) {
                return broken(
                        7,
                        "channel %s: the chain says %s of %s redeemed, the log's chain events %s of %s"
                                .formatted(id, slot.redeemed(), slot.deposited(), fold.redeemed(), fold.deposited()));
            }
            var balance = balances.get(id);
            if (balance == null) {
                return broken(7, "channel %s is open on chain, but has no balance in the log".formatted(id));
            }
            var total = receipts.containsKey(id) ? receipts.get(id).total() : Amount.ZERO;
            if (!amount(balance.getDeposited()).equals(slot.deposited())
                    || !amount(balance.getRedeemed()).equals(slot.redeemed())
                    || !amount(balance.getAccepted()).equals(total)) {
                return broken(
                        7,
                        "channel %s: its balance says deposited %s, accepted %s, redeemed %s; recomputed %s, %s, %s"
                                .formatted(
                                        id,
                                        balance.getDeposited(),
                                        balance.getAccepted(),
                                        balance.getRedeemed(),
                                        slot.deposited(),
                                        total,
                                        slot.redeemed()));
            }
        }
        return holds(
                7,
                "%d channels: deposits, totals and redemptions are the same in log, balances and chain"
                        .formatted(channels.size()));
    }

    /** The transactions that the log calls confirmed, as the chain itself has them. */
    private Map<Hash, ChainState.Mined> confirmed() {
        Map<Hash, ChainState.Mined> confirmed = new LinkedHashMap<>();
        for (var step : steps) {
            if (step.getStage() == TransactionStage.CONFIRMED) {
                var id = hash(step.getTransactionHash());
                chain.mined(id).ifPresent(mined -> confirmed.put(id, mined));
            }
        }
        return confirmed;
    }
}
