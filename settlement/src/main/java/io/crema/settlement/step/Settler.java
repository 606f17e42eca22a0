package io.crema.settlement.step;

import io.crema.chain.transactions.AccountSender;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.FailureCause;
import io.crema.chain.transactions.SendResult;
import io.crema.chain.transactions.StepReport;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Hash;
import io.crema.events.OutcomeKind;
import io.crema.events.Quarantined;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.settlement.SettlementStatus;
import io.crema.settlement.SettlementStatus.State;
import io.crema.settlement.intent.Backlog;
import io.crema.settlement.intent.IntentPart;
import io.crema.settlement.intent.IntentReader;
import io.crema.settlement.intent.IntentRecord;
import io.crema.settlement.intent.Pending;
import io.crema.settlement.intent.RefusedIntentException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Settles one account: takes intents in, looks at the chain, makes steps and outcomes durable, broadcasts, follows. A
 * step function without threads, clock or network of its own. Not thread-safe.
 *
 * <p>After {@link LogUnavailableException} it must be thrown away and made anew from the log; after
 * {@link FencedException} for good. After {@link io.crema.chain.transactions.ChainUnreachableException} the next step
 * goes on where this one stopped.
 */
public final class Settler {
    private static final int BIGGEST_QUARANTINED = 256 * 1024;

    private final AccountLog log;
    private final SettlementPolicy policy;
    private final IntentReader intents;
    private final Gather gather;
    private final Assessor assessor;
    private final Ending ending;
    private final StepRecords records;
    private final AccountSender sender;
    private final ChainReader reader;
    private final Positions positions;
    private final Backlog backlog = new Backlog();
    private final Map<Hash, IntentPart> parts;
    private final Map<Hash, Pending> wanted = new HashMap<>();
    private final Map<List<Hash>, Call> displaced = new HashMap<>();
    private final Set<Hash> toldAsSent = new HashSet<>();
    private final Draft draft = new Draft();
    private Optional<String> shortOfFunds = Optional.empty();

    /** @param chain and {@code reader}: the same node, or two of one chain */
    public Settler(
            Recovered recovered,
            IntentReader intents,
            AccountLog log,
            ChainPort chain,
            ChainReader reader,
            TransactionSigner signer,
            SettlementContracts contracts,
            SettlementPolicy policy) {
        this.log = log;
        this.policy = policy;
        this.intents = intents;
        this.reader = reader;
        this.gather = new Gather(policy);
        this.assessor = new Assessor(signer.account(), chain, reader, contracts, policy);
        this.ending = new Ending(reader, contracts);
        this.positions = new Positions(recovered.positions());
        this.parts = new HashMap<>(recovered.parts());
        recovered.displaced().forEach(call -> displaced.put(call.intents(), call));
        this.records = new StepRecords(signer.account(), id -> part(id).toRecord());
        this.sender = new AccountSender(chain, signer, this::append, policy.transactions(), recovered.state());
    }

    /** Takes in what was read, in its order, and does what is next. Records settled before are passed over. */
    public Progress step(List<IntentRecord> read, Instant now) {
        read.forEach(record -> take(record, now));
        wanted.clear();
        var notes = new ArrayList<String>();
        var calls = choose(now);
        Optional<StepReport> report = Optional.empty();
        if (!calls.isEmpty() || !sender.state().open().isEmpty()) {
            report = Optional.of(sender.step(calls, now));
            report.get().broadcasts().forEach(sent -> tell(sent, now, notes));
        }
        if (!draft.isEmpty()) {
            commit();
        }
        return progress(report, notes);
    }

    private void take(IntentRecord record, Instant now) {
        if (!positions.read(record)) {
            return;
        }
        try {
            var intent = intents.read(record);
            var same = parts.containsKey(intent.id());
            if (same) {
                draft.settle(record.partition(), record.offset());
                return;
            }
            backlog.add(new Pending(intent, record.partition(), record.offset(), now, Instant.MIN))
                    .ifPresent(older -> supersede(older, now));
        } catch (RefusedIntentException e) {
            refuse(record, e);
        }
    }

    /** A repeat of the very same intent has its outcome with the one that is kept. */
    private void supersede(Pending older, Instant now) {
        draft.settle(older);
        var kept = backlog.all().stream()
                .filter(pending ->
                        pending.intent().subject().equals(older.intent().subject()))
                .findFirst()
                .orElseThrow();
        if (!kept.intent().id().equals(older.intent().id())) {
            draft.outcomes.add(older.intent()
                    .part()
                    .outcome(
                            OutcomeKind.SUPERSEDED,
                            Optional.empty(),
                            "intent " + kept.intent().id() + " asks for at least as much",
                            now));
        }
    }

    private void refuse(IntentRecord record, RefusedIntentException refusal) {
        draft.settle(record.partition(), record.offset());
        var key = Objects.requireNonNullElse(record.key(), new byte[0]);
        var value = Objects.requireNonNullElse(record.value(), new byte[0]);
        draft.refusals.add(new Entry.Refusal(
                key,
                new Quarantined(
                        Topic.INTENTS.topicName(),
                        record.partition(),
                        record.offset(),
                        record.key() == null ? null : ByteBuffer.wrap(key),
                        record.value() == null || value.length > BIGGEST_QUARANTINED ? null : ByteBuffer.wrap(value),
                        Convert.bytes32(Keccak.hash(value)),
                        refusal.code(),
                        refusal.detail(),
                        null,
                        "settlement",
                        record.time())));
    }

    private List<Call> choose(Instant now) {
        List<Call> calls = new ArrayList<>(displaced.values());
        shortOfFunds = Optional.empty();
        var open = sender.state().open();
        var room = policy.transactions().maxOpen() - open.size() - calls.size();
        var ready = room > 0 ? gather.ready(backlog.all(), parts.values(), now) : List.<Pending>of();
        if (ready.isEmpty()) {
            return calls;
        }
        var committed = open.values().stream()
                .map(transaction -> transaction
                        .newest()
                        .fees()
                        .max()
                        .multiply(BigInteger.valueOf(transaction.call().gasLimit())))
                .reduce(BigInteger.ZERO, BigInteger::add);
        var assessment = assessor.assess(ready, committed, room, now);
        assessment.ended.forEach(ended -> {
            backlog.remove(ended.pending());
            draft.settle(ended.pending());
            draft.outcomes.add(
                    ended.pending().intent().part().outcome(ended.kind(), Optional.empty(), ended.reason(), now));
        });
        assessment.held.forEach(backlog::hold);
        shortOfFunds = assessment.shortOfFunds;
        for (var candidate : assessment.calls) {
            candidate.serves().forEach(pending -> wanted.put(pending.intent().id(), pending));
            calls.add(candidate.call());
        }
        return calls;
    }

    /** The transaction core's journal: its events, their outcomes and the intents' offsets become durable together. */
    private void append(List<TransactionEvent> events) {
        var state = sender.state();
        List<Hash> ended = new ArrayList<>();
        var outcomes = new ArrayList<io.crema.events.Outcome>();
        // the node is asked first: should it not answer, nothing was noted yet
        for (var event : events) {
            var inclusion = finalInclusion(event);
            if (inclusion.isPresent()) {
                var call =
                        Objects.requireNonNull(state.open().get(event.nonce())).call();
                outcomes.addAll(ending.outcomes(
                        inclusion.get(), call.intents().stream().map(this::part).toList(), event.at()));
                ended.addAll(call.intents());
            }
        }
        draft.outcomes.addAll(outcomes);
        List<Long> closed = new ArrayList<>();
        for (var event : events) {
            if (event instanceof TransactionEvent.Prepared prepared) {
                prepared(prepared);
            }
            draft.steps.add(records.toRecord(event, state));
            if (event instanceof TransactionEvent.Failed(var nonce, FailureCause.NonceTaken _, var _)) {
                var call = Objects.requireNonNull(state.open().get(nonce)).call();
                if (!call.isFiller()) {
                    displaced.put(call.intents(), call);
                }
            }
            state = state.apply(event);
        }
        commit();
        ended.forEach(parts::remove);
    }

    private void prepared(TransactionEvent.Prepared prepared) {
        displaced.remove(prepared.call().intents());
        for (var id : prepared.call().intents()) {
            var pending = wanted.remove(id);
            if (pending != null) {
                parts.put(id, pending.intent().part());
                backlog.remove(pending);
                draft.settle(pending);
            }
        }
    }

    private static Optional<io.crema.chain.transactions.Inclusion> finalInclusion(TransactionEvent event) {
        return switch (event) {
            case TransactionEvent.Confirmed confirmed -> Optional.of(confirmed.inclusion());
            case TransactionEvent.Failed(var _, FailureCause.Reverted(var inclusion), var _) -> Optional.of(inclusion);
            default -> Optional.empty();
        };
    }

    private void tell(StepReport.Broadcasted sent, Instant now, List<String> notes) {
        if (sent.result().isHeld()) {
            var open = sender.state().open().get(sent.nonce());
            if (open != null && toldAsSent.add(sent.transaction())) {
                draft.steps.add(records.toRecord(
                        new TransactionEvent.Sent(sent.nonce(), sent.transaction(), now), sender.state()));
            }
        } else {
            notes.add("transaction %s with nonce %d was not taken: %s"
                    .formatted(sent.transaction(), sent.nonce(), sent.result()));
        }
        if (sent.result() instanceof SendResult.InsufficientFunds(var message)) {
            shortOfFunds = Optional.of("account %s cannot pay for nonce %d (%s): send it ether"
                    .formatted(sender.account(), sent.nonce(), message));
        }
    }

    private void commit() {
        log.commit(draft.entry(positions));
        positions.committed();
        draft.clear();
    }

    private Progress progress(Optional<StepReport> report, List<String> notes) {
        sender.forget(List.copyOf(sender.state().closed().keySet()));
        var open = sender.state().open().size();
        if (open == 0) {
            toldAsSent.clear();
        }
        var waiting = backlog.all().size() + displaced.size();
        var behind = report.flatMap(StepReport::behind);
        SettlementStatus status;
        if (behind.isPresent()) {
            status = new SettlementStatus(
                    State.CHAIN_BEHIND,
                    "the chain is at nonce %d of %s, but nonces below %d were final: this is another chain, or it was reset, or the node is far behind"
                            .formatted(
                                    behind.get().actualNonce(),
                                    sender.account(),
                                    behind.get().expectedNonce()),
                    waiting,
                    open);
        } else if (shortOfFunds.isPresent()) {
            status = new SettlementStatus(State.SHORT_OF_FUNDS, shortOfFunds.get(), waiting, open);
        } else {
            status = new SettlementStatus(
                    State.RUNNING,
                    "%d intents wait, %d transactions are under way".formatted(waiting, open),
                    waiting,
                    open);
        }
        return new Progress(status, waiting > 0 || open > 0, positions.hasRoom(), notes);
    }

    /** What the account holds, where that is less than the operator wants to be warned of. */
    public Optional<BigInteger> lowBalance() {
        var balance = reader.balance(sender.account());
        return balance.compareTo(policy.lowBalance()) < 0 ? Optional.of(balance) : Optional.empty();
    }

    private IntentPart part(Hash id) {
        return Objects.requireNonNull(parts.get(id), () -> "intent " + id + " is in a transaction, but not known");
    }
}
