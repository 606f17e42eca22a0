package io.crema.settlement.step;

import io.crema.chain.transactions.AccountSender;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.FailureCause;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.StepReport;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.value.Hash;
import io.crema.events.Outcome;
import io.crema.settlement.WaitsFor;
import io.crema.settlement.intent.Backlog;
import io.crema.settlement.intent.Hold;
import io.crema.settlement.intent.IntentPart;
import io.crema.settlement.intent.IntentReader;
import io.crema.settlement.intent.IntentRecord;
import io.crema.settlement.intent.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Settles intents from one or several accounts: takes them in, looks at the chain, makes steps and outcomes durable,
 * broadcasts, follows. A step function without threads, clock or network of its own. Not thread-safe.
 *
 * <p>An intent belongs to no account until it is in a prepared transaction, and to that transaction's account until it
 * has its outcome. So accounts may be added at any time, and one may be left out once none of its transactions is open.
 *
 * <p>After {@link LogUnavailableException} it must be thrown away and made anew from the log; after
 * {@link FencedException} for good. After {@link io.crema.chain.transactions.ChainUnreachableException} the next step
 * goes on where this one stopped.
 */
public final class Settler {
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration BALANCES_EVERY = Duration.ofSeconds(30);
    /** Brokers forget positions that are not committed for 7 days (offsets.retention.minutes). */
    private static final Duration POSITIONS_EVERY = Duration.ofHours(12);

    private final AccountLog log;
    private final SettlementPolicy policy;
    private final ChainPort chain;
    private final ChainReader reader;
    private final Intake intake;
    private final Gather gather;
    private final Assessor assessor;
    private final Ending ending;
    private final List<Lane> lanes;
    private final Positions positions;
    private final Backlog backlog = new Backlog();
    private final Map<Hash, IntentPart> parts;
    private final Map<Hash, Pending> wanted = new HashMap<>();
    private final Draft draft = new Draft();
    private final UsualFee usualFee;
    private boolean full;
    private Instant balancesAt = Instant.MIN;
    private final boolean hasRead;
    private Optional<Instant> positionsAt = Optional.empty();

    /**
     * @param chain and {@code reader}: the same node, or two of one chain
     * @param signers of the accounts; the first also sends service requests
     * @throws RefusedStartException when an account that is not given has open transactions
     */
    public Settler(
            Recovered recovered,
            IntentReader intents,
            AccountLog log,
            ChainPort chain,
            ChainReader reader,
            List<TransactionSigner> signers,
            SettlementContracts contracts,
            SettlementPolicy policy) {
        recovered.requireServed(signers.stream().map(TransactionSigner::account).toList());
        this.log = log;
        this.policy = policy;
        this.chain = chain;
        this.reader = reader;
        this.gather = new Gather(policy);
        this.assessor = new Assessor(signers.getFirst().account(), chain, reader, contracts, policy, gather);
        this.ending = new Ending(reader, contracts);
        this.positions = new Positions(recovered.positions());
        this.hasRead = !recovered.positions().isEmpty();
        this.parts = new HashMap<>(recovered.parts());
        this.intake = new Intake(intents, positions, backlog, parts, draft);
        this.usualFee = new UsualFee(policy.gas().usualOver());
        this.lanes = signers.stream().map(signer -> lane(signer, recovered)).toList();
    }

    private Lane lane(TransactionSigner signer, Recovered recovered) {
        var account = signer.account();
        var records = new StepRecords(account, id -> part(id).toRecord());
        var holder = new ArrayList<Lane>();
        var sender = new AccountSender(
                chain,
                signer,
                events -> append(holder.getFirst(), events),
                policy.transactions(),
                recovered.state(account));
        var lane = new Lane(sender, records, recovered.displaced(account));
        holder.add(lane);
        return lane;
    }

    /** Takes in what was read, in its order, and does what is next. Records settled before are passed over. */
    public Progress step(List<IntentRecord> read, Instant now) {
        read.forEach(record -> intake.take(record, now));
        wanted.clear();
        var notes = new ArrayList<String>();
        look(now);
        var plan = choose(now);
        for (var lane : lanes) {
            var calls = plan.calls().getOrDefault(lane, List.of());
            if (calls.isEmpty() && lane.open() == 0) {
                lane.rest();
            } else {
                lane.step(calls, now).broadcasts().forEach(sent -> tell(lane, sent, now, notes));
            }
        }
        lanes.forEach(lane -> lane.unsigned().ifPresent(fault -> holdUnsigned(plan, lane, fault, now)));
        keep(now);
        lanes.forEach(Lane::forget);
        var report = new StatusReport(lanes, backlog.all(), parts.values(), policy, now);
        return new Progress(report.status(full), report.isBusy(), positions.hasRoom(), notes);
    }

    /** What the key could not sign is not tried again at once. */
    private void holdUnsigned(Assignment plan, Lane lane, String fault, Instant now) {
        for (var call : plan.calls().getOrDefault(lane, List.of())) {
            call.intents()
                    .forEach(id -> Optional.ofNullable(wanted.get(id))
                            .ifPresent(pending ->
                                    backlog.hold(pending.held(new Hold(WaitsFor.SIGNER, fault, now.plus(RETRY))))));
        }
    }

    private void look(Instant now) {
        if (balancesAt.equals(Instant.MIN) || !now.isBefore(balancesAt.plus(BALANCES_EVERY))) {
            lanes.forEach(lane -> lane.holds(reader.balance(lane.account())));
            balancesAt = now;
        }
        if (policy.gas().percentOfUsual().isPresent() && usualFee.isDue(now)) {
            usualFee.sees(chain.fees().baseFee(), now);
        }
    }

    private Assignment choose(Instant now) {
        var plan = new Assignment(lanes, policy.transactions().maxOpen());
        full = plan.room() == 0;
        var ready = full ? List.<Pending>of() : gather.ready(backlog.all(), parts.values(), now);
        // what finds no room now is looked at when there is some: the chain would be asked about all of it at each step
        ready = ready.subList(0, Math.min(ready.size(), plan.room() * policy.mostRows()));
        if (ready.isEmpty()) {
            return plan;
        }
        var assessment = assessor.assess(ready, plan.room(), usualFee.wei(), now);
        plan.assign(assessment.calls, assessment.price, reader);
        assessment.ended.forEach(ended -> {
            backlog.remove(ended.pending());
            draft.settle(ended.pending());
            draft.outcomes.add(
                    ended.pending().intent().part().outcome(ended.kind(), Optional.empty(), ended.reason(), now));
        });
        assessment.held.forEach(backlog::hold);
        plan.unpaid()
                .forEach(candidate -> candidate
                        .serves()
                        .forEach(pending -> backlog.hold(
                                pending.held(new Hold(WaitsFor.ETHER, plan.shortOfFunds(), now.plus(RETRY))))));
        for (var candidate : plan.assigned()) {
            candidate.serves().forEach(pending -> wanted.put(pending.intent().id(), pending));
        }
        return plan;
    }

    /** The transaction core's journal: its events, their outcomes and the intents' offsets become durable together. */
    private void append(Lane lane, List<TransactionEvent> events) {
        var state = lane.sender.state();
        List<Hash> ended = new ArrayList<>();
        var outcomes = new ArrayList<Outcome>();
        // the node is asked first: should it not answer, nothing was noted yet
        var logs = ending.logs(
                events.stream().flatMap(event -> finalInclusion(event).stream()).toList());
        for (var event : events) {
            var inclusion = finalInclusion(event);
            if (inclusion.isPresent()) {
                var call =
                        Objects.requireNonNull(state.open().get(event.nonce())).call();
                outcomes.addAll(ending.outcomes(
                        inclusion.get(), call.intents().stream().map(this::part).toList(), logs, event.at()));
                ended.addAll(call.intents());
            }
        }
        draft.outcomes.addAll(outcomes);
        for (var event : events) {
            if (event instanceof TransactionEvent.Prepared prepared) {
                prepared(lane, prepared.call());
            }
            draft.steps.add(lane.records.toRecord(event, state));
            if (event instanceof TransactionEvent.Failed(var nonce, FailureCause.NonceTaken _, var _)) {
                lane.displace(Objects.requireNonNull(state.open().get(nonce)).call());
            }
            state = state.apply(event);
        }
        commit();
        ended.forEach(parts::remove);
    }

    private void prepared(Lane lane, Call call) {
        lane.prepared(call);
        for (var id : call.intents()) {
            var pending = wanted.remove(id);
            if (pending != null) {
                parts.put(id, pending.intent().part());
                backlog.remove(pending);
                draft.settle(pending);
            }
        }
    }

    private static Optional<Inclusion> finalInclusion(TransactionEvent event) {
        return switch (event) {
            case TransactionEvent.Confirmed confirmed -> Optional.of(confirmed.inclusion());
            case TransactionEvent.Failed(var _, FailureCause.Reverted(var inclusion), var _) -> Optional.of(inclusion);
            default -> Optional.empty();
        };
    }

    private void tell(Lane lane, StepReport.Broadcasted sent, Instant now, List<String> notes) {
        if (sent.result().isHeld()) {
            lane.sent(sent, now).ifPresent(draft.steps::add);
        } else {
            notes.add("transaction %s with nonce %d of %s was not taken: %s"
                    .formatted(sent.transaction(), sent.nonce(), lane.account(), sent.result()));
        }
    }

    /** Commits what is left; at the start and now and then every position, whether it moved or not. */
    private void keep(Instant now) {
        var due = positionsAt.map(at -> !now.isBefore(at.plus(POSITIONS_EVERY))).orElse(hasRead);
        if (due) {
            positions.touch();
        }
        if (due || positionsAt.isEmpty()) {
            positionsAt = Optional.of(now);
        }
        if (!draft.isEmpty() || positions.isChanged()) {
            commit();
        }
    }

    private void commit() {
        log.commit(draft.entry(positions));
        positions.committed();
        draft.clear();
    }

    private IntentPart part(Hash id) {
        return Objects.requireNonNull(parts.get(id), () -> "intent " + id + " is in a transaction, but not known");
    }
}
