package io.crema.cli.audit;

import static io.crema.cli.audit.Invariant.broken;
import static io.crema.cli.audit.Invariant.holds;
import static io.crema.schemas.convert.Convert.channel;

import io.crema.chain.node.Web3Chain;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ChannelBalance;
import io.crema.events.Outcome;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.web3j.protocol.exceptions.ClientConnectionException;

/**
 * Recomputes all channels from the log's first record and from the chain at one block, and judges the invariants 1, 2
 * (where it is told which cups were poured), 3, 4, 6 and 7. The system may run meanwhile. Keeps per channel what one
 * channel is, never its receipts. Invariant 5 needs the read models and is judged where they are. One use; not
 * thread-safe.
 */
public final class Audit {
    /** How many receipts of channels that need a closer look are held at once. */
    private static final long MOST_HELD = 2_000_000;

    private final AuditConfig config;
    private final LogReader log;
    private final Checkpoint checkpoint;
    private final LogEnds ends;
    private final ChainAt chain;
    private final Findings findings = new Findings();
    private final Map<ChannelId, BalanceRow> rows = new TreeMap<>();
    private final ChannelBook book;
    private final AcceptedFold accepted;
    private final RefusedFold refused;
    private final PublishedFold published;
    private final IntentFold intents = new IntentFold(findings);
    private final TransactionFold transactions;
    private final Poured poured;
    private final Money money;
    private final long waiting;

    private record Money(
            BigInteger held, BigInteger owed, BigInteger credited, BigInteger deposited, BigInteger redeemed) {}

    /**
     * Audits.
     *
     * @param block which to read the chain at; empty = the newest that the log has
     * @param served cups that were poured, where somebody saw it
     * @throws UnreadableException when log or chain cannot be read
     */
    public static AuditSummary run(AuditConfig config, OptionalLong block, Collection<Served> served) {
        try (var log = new LogReader(config.bootstrapServers());
                var node = node(config)) {
            return new Audit(config, log, node, block, served).summary();
        }
    }

    private static Web3Chain node(AuditConfig config) {
        var faults = new ArrayList<String>();
        for (var url : config.rpcUrls()) {
            var node = new Web3Chain(url.toString());
            try {
                var chainId = node.chainId();
                if (chainId == config.payment().chainId()) {
                    return node;
                }
                faults.add("%s is of chain %d, not %d"
                        .formatted(url.getHost(), chainId, config.payment().chainId()));
            } catch (ChainUnreachableException | ClientConnectionException e) {
                faults.add(url.getHost() + " does not answer");
            }
            node.close();
        }
        throw new UnreadableException("no node of the chain can be asked: " + String.join("; ", faults));
    }

    private Audit(AuditConfig config, LogReader log, Web3Chain node, OptionalLong block, Collection<Served> served) {
        this.config = config;
        this.log = log;
        var domain = config.payment();
        checkpoint = new Checkpoint(domain.verifyingContract());
        ends = LogEnds.take(
                config.bootstrapServers(), checked -> log.forEach(Topic.CHAIN_CHECKPOINTS, checked, checkpoint::add));
        chain = checkpoint.chainAt(node, block);
        read(Topic.BALANCES, this::addRow);
        Set<ChannelId> rewritten = new HashSet<>();
        log.readFrom(
                Topic.BALANCES,
                ends.end(Topic.BALANCES),
                log.ends(Topic.BALANCES),
                record -> rewritten.add(new ChannelId(Hash.of(record.key()))));
        var keys = new KeyFold();
        read(Topic.CHAIN_PARTIES, keys::add);
        book = new ChannelBook(chain.block(), rows, ends, findings);
        read(Topic.CHAIN_CHANNELS, book::noteReversal);
        read(Topic.CHAIN_CHANNELS, book::add);
        book.compareRows(rewritten);
        money = compareChain();
        accepted = new AcceptedFold(domain, book, rows, ends, findings);
        read(Topic.RECEIPTS, accepted::add);
        accepted.compareRows();
        refused = new RefusedFold(domain, findings);
        read(Topic.QUARANTINE, refused::add);
        published = new PublishedFold(domain, book, accepted, refused, new Authority(domain, keys), ends, findings);
        poured = new Poured(served);
        read(Topic.EDGE_RECEIPTS, record -> {
            published.add(record);
            poured.published(record, ends.end(Topic.EDGE_RECEIPTS).length, domain);
        });
        lookCloser();
        published.checkSignatures();
        waiting = published.checkWaiting(rows);
        compareSigned();
        read(Topic.INTENTS, intents::addIntent);
        read(Topic.OUTCOMES, record -> intents.addOutcome(record, book));
        if (!intents.unclear().isEmpty()) {
            read(Topic.INTENTS, intents::readIntentAgain);
            read(Topic.OUTCOMES, intents::readOutcomeAgain);
            intents.checkAgain();
        }
        transactions = new TransactionFold(findings, intents.notSeen(book));
        read(Topic.TRANSACTIONS, transactions::add);
        transactions.check(chain);
        chain.checkStill();
    }

    /** Whether every intent in the log has an outcome by now. */
    public static boolean allIntentsClosed(String bootstrapServers) {
        try (var log = new LogReader(bootstrapServers)) {
            var ends = LogEnds.take(bootstrapServers, checkpoints -> {});
            Set<Hash> closed = new HashSet<>();
            log.forEach(Topic.OUTCOMES, ends.end(Topic.OUTCOMES), record -> {
                if (record.value().orElse(null) instanceof Outcome outcome) {
                    closed.add(Convert.hash(outcome.getIntent()));
                }
            });
            Set<Hash> open = new HashSet<>();
            log.forEach(
                    Topic.INTENTS,
                    ends.end(Topic.INTENTS),
                    record -> IntentFold.intent(record)
                            .filter(intent -> !closed.contains(intent))
                            .ifPresent(open::add));
            return open.isEmpty();
        }
    }

    private void read(Topic topic, Consumer<LogRecord> reader) {
        log.forEach(topic, ends.end(topic), reader);
    }

    private void addRow(LogRecord record) {
        if (record.value().orElse(null) instanceof ChannelBalance row) {
            rows.put(channel(row.getChannel()), BalanceRow.of(row, record.place()));
        }
    }

    private Money compareChain() {
        var known = book.channels().entrySet().stream()
                .filter(entry -> !entry.getValue().atBlock().equals(Slot.NONE))
                .toList();
        var slots = chain.slots(known.stream().map(Map.Entry::getKey).toList());
        var owed = BigInteger.ZERO;
        var deposited = BigInteger.ZERO;
        var redeemed = BigInteger.ZERO;
        Set<Address> accounts = new TreeSet<>();
        for (var entry : known) {
            var fold = entry.getValue();
            var slot = slots.getOrDefault(entry.getKey(), Slot.NONE);
            if (!slot.equals(fold.atBlock())) {
                findings.differs(
                        7,
                        "channel " + entry.getKey(),
                        "by its chain events " + fold.atBlock(),
                        "the chain says %s, at block %d".formatted(slot, chain.block()),
                        fold.newest());
            }
            if (!slot.isClosed()) {
                owed = owed.add(slot.deposited().minusOrZero(slot.redeemed()).value());
            }
            deposited = deposited.add(slot.deposited().value());
            redeemed = redeemed.add(slot.redeemed().value());
            accounts.add(fold.customer());
            accounts.add(fold.payee());
        }
        var credited = chain.credited(accounts);
        var held = chain.held();
        if (held.compareTo(owed.add(credited)) < 0) {
            findings.differs(
                    1,
                    "",
                    "%d channels with %s accounts".formatted(known.size(), accounts.size()),
                    "the contract holds %s, but owes %s in channels and %s in credits".formatted(held, owed, credited),
                    "");
        }
        return new Money(held, owed, credited, deposited, redeemed);
    }

    /** Reads again, a bounded number of receipts at a time, where it is not sure that all accepted was published. */
    private void lookCloser() {
        var left = new ArrayList<>(published.closerLooks().values());
        while (!left.isEmpty()) {
            Map<ChannelId, ChannelHead> now = new HashMap<>();
            var held = 0L;
            while (!left.isEmpty() && (now.isEmpty() || held + left.getLast().sequence() <= MOST_HELD)) {
                var head = left.removeLast();
                held += head.sequence();
                now.put(head.channel(), head);
            }
            var look = new CloserLook(now, config.payment(), refused, ends, findings);
            read(Topic.RECEIPTS, look::addAccepted);
            read(Topic.EDGE_RECEIPTS, look::addPublished);
            look.check();
        }
    }

    /** Invariant 1: the chain redeems what somebody signed; where the log lacks it, the balance must say so. */
    private void compareSigned() {
        book.channels().forEach((id, fold) -> {
            var signed = published.signed(id);
            var redeemed = fold.atBlock().redeemed();
            if (!redeemed.exceeds(signed)) {
                return;
            }
            var row = rows.get(id);
            if (fold.isMoving() || row != null && row.ahead()) {
                findings.ahead(id);
            } else {
                findings.differs(
                        1,
                        "channel " + id,
                        "receipts for %s are validly signed".formatted(signed),
                        "the chain has redeemed %s, and the balance does not call it ahead".formatted(redeemed),
                        fold.newest());
            }
        });
    }

    private AuditSummary summary() {
        Map<String, List<Long>> offsets = new TreeMap<>();
        ends.ends()
                .forEach((topic, byPartition) -> offsets.put(
                        topic.topicName(),
                        java.util.Arrays.stream(byPartition).boxed().toList()));
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("channels", (long) book.channels().size());
        counts.put("chainEvents", book.events());
        counts.put("redemptions", book.redemptions());
        counts.put("receiptsPublished", published.receipts());
        counts.put("receiptsAccepted", accepted.count());
        counts.put("receiptsWaiting", waiting);
        counts.put("quarantined", refused.count());
        counts.put("intents", intents.intents());
        counts.put("outcomes", intents.outcomes());
        counts.put("transactions", transactions.count());
        counts.put("transactionsLookedUp", transactions.lookedUp());
        counts.put("gas", transactions.gas());
        Map<String, String> sums = new LinkedHashMap<>();
        sums.put("deposited", money.deposited().toString());
        sums.put("accepted", accepted.total().toString());
        sums.put("redeemed", money.redeemed().toString());
        sums.put("held", money.held().toString());
        sums.put("owed", money.owed().toString());
        sums.put("credited", money.credited().toString());
        return new AuditSummary(
                config.payment(),
                chain.block(),
                chain.hash(),
                offsets,
                counts,
                sums,
                findings.pending(),
                refused.byReason(),
                findings.ahead(),
                invariants(),
                findings.differences());
    }

    private List<Invariant> invariants() {
        List<Invariant> all = new ArrayList<>();
        var channels = book.channels().size();
        all.add(judged(
                1,
                "%d channels: redeemed <= signed, redeemed <= deposited, never falling%s; the contract holds %s and owes %s"
                        .formatted(
                                channels,
                                findings.ahead().isEmpty()
                                        ? ""
                                        : ", the chain ahead of "
                                                + findings.ahead().size(),
                                money.held(),
                                money.owed().add(money.credited()))));
        poured.judge().ifPresent(all::add);
        all.add(judged(
                3,
                "%d receipts accepted, per channel 1, 2, 3 and so on, each once, as published and signed"
                        .formatted(accepted.count())));
        all.add(judged(
                4,
                "%d intents, %d outcomes, none twice; %d effects, in %d transactions"
                        .formatted(intents.intents(), intents.outcomes(), intents.effects(), transactions.count())));
        all.add(judged(
                6,
                "%d receipts published (with repeats), %d accepted, %d waiting, %d in quarantine; none is missing"
                        .formatted(published.receipts(), accepted.count(), waiting, refused.count())));
        all.add(judged(
                7,
                "%d channels: deposits, totals and redemptions are the same in log, balances and chain at block %d"
                        .formatted(channels, chain.block())));
        return all;
    }

    private Invariant judged(int id, String detail) {
        var count = findings.count(id);
        if (count == 0) {
            return holds(id, detail);
        }
        var first = findings.differences().stream()
                .filter(difference -> difference.invariant() == id)
                .findFirst()
                .map(Difference::sentence)
                .orElse("see the differences of the other invariants first");
        return broken(id, count == 1 ? first : first + " (the first of %d differences)".formatted(count));
    }
}
