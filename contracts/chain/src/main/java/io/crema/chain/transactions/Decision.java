package io.crema.chain.transactions;

import io.crema.contracts.value.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.LongStream;

/** Decides what an account does next, from what is known and nothing else. Pure. */
public final class Decision {
    private final AccountState state;
    private final ChainView view;
    private final Instant now;
    private final TransactionPolicy policy;
    private final List<Action> actions = new ArrayList<>();

    private Decision(AccountState state, ChainView view, Instant now, TransactionPolicy policy) {
        this.state = state;
        this.view = view;
        this.now = now;
        this.policy = policy;
    }

    /**
     * The next actions, in the order to do them. A wanted call is left out while one of its intents is in an open or
     * remembered transaction, or while enough are open: it stays wanted.
     *
     * @param wanted calls to send, the most urgent first
     */
    public static List<Action> decide(
            AccountState state, List<Call> wanted, ChainView view, Instant now, TransactionPolicy policy) {
        if (view.latestNonce() < state.finalNonce()) {
            return List.of(new Action.ChainBehind(state.finalNonce(), view.latestNonce()));
        }
        var decision = new Decision(state, view, now, policy);
        state.open().values().forEach(decision::follow);
        decision.prepare(wanted);
        return List.copyOf(decision.actions);
    }

    private void follow(OpenTransaction transaction) {
        var seen = transaction.versions().stream()
                .flatMap(version -> Optional.ofNullable(view.inclusions().get(version.hash())).stream())
                .findFirst();
        var known = transaction.inclusion();
        if (known.isPresent() && !seen.filter(known.get()::isSameAs).isPresent()) {
            append(new TransactionEvent.Reorged(transaction.nonce(), known.get(), now));
        }
        if (seen.isPresent()) {
            executed(transaction, seen.get());
        } else if (isTaken(transaction)) {
            append(new TransactionEvent.Failed(
                    transaction.nonce(),
                    new FailureCause.NonceTaken(view.confirmedNonce().getAsLong()),
                    now));
        } else if (known.isEmpty() && transaction.nonce() >= view.latestNonce()) {
            push(transaction);
        }
    }

    private void executed(OpenTransaction transaction, Inclusion inclusion) {
        if (!transaction.inclusion().filter(inclusion::isSameAs).isPresent()) {
            append(new TransactionEvent.Mined(transaction.nonce(), inclusion, now));
        }
        if (view.head() - inclusion.blockNumber() + 1 >= policy.confirmations()) {
            append(
                    inclusion.success()
                            ? new TransactionEvent.Confirmed(transaction.nonce(), inclusion, now)
                            : new TransactionEvent.Failed(
                                    transaction.nonce(), new FailureCause.Reverted(inclusion), now));
        }
    }

    private boolean isTaken(OpenTransaction transaction) {
        return view.confirmedNonce().isPresent() && view.confirmedNonce().getAsLong() > transaction.nonce();
    }

    private void push(OpenTransaction transaction) {
        var bump = isBumpDue(transaction)
                ? policy.fees().bump(transaction.newest().fees(), view.fees())
                : Optional.<Fees>empty();
        if (bump.isPresent()) {
            actions.add(new Action.Reprice(transaction.nonce(), transaction.call(), bump.get()));
        } else if (isSendDue(transaction, now, policy)) {
            actions.add(new Action.Broadcast(transaction.nonce(), transaction.newest()));
        }
    }

    /** Only the nonce that is next on chain: paying more for a later one cannot move it. */
    private boolean isBumpDue(OpenTransaction transaction) {
        if (transaction.nonce() != view.latestNonce()
                || transaction.versions().size() >= policy.fees().maxVersions()) {
            return false;
        }
        var refusedAsTooCheap = transaction
                .lastSend()
                .filter(send -> send.result() instanceof SendResult.Underpriced)
                .isPresent();
        return refusedAsTooCheap
                || !now.isBefore(transaction.pendingSince().plus(policy.fees().bumpAfter()));
    }

    static boolean isSendDue(OpenTransaction transaction, Instant now, TransactionPolicy policy) {
        return transaction
                .lastSend()
                .map(send -> !now.isBefore(send.at().plus(policy.resendAfter())))
                .orElse(true);
    }

    private void prepare(List<Call> wanted) {
        var nonces = freeNonces();
        var room = policy.maxOpen() - state.open().size();
        Set<Hash> busy = new HashSet<>();
        state.open()
                .values()
                .forEach(transaction -> busy.addAll(transaction.call().intents()));
        state.closed()
                .values()
                .forEach(transaction -> busy.addAll(transaction.call().intents()));
        for (var call : wanted) {
            if (room > 0 && call.intents().stream().noneMatch(busy::contains)) {
                prepare(nonces.next(), call);
                busy.addAll(call.intents());
                room--;
            }
        }
        var last = state.open().isEmpty() ? -1 : state.open().lastKey();
        for (var nonce = nonces.next(); nonce < last; nonce = nonces.next()) {
            prepare(nonce, Call.filler(view.account()));
        }
    }

    private void prepare(long nonce, Call call) {
        actions.add(new Action.Prepare(nonce, call, policy.fees().start(view.fees())));
    }

    /**
     * From the chain's next nonce on. A gap below an open nonce comes about when a stranger's transaction falls out of
     * the chain again; unless it is used, nothing after it is ever mined.
     */
    private PrimitiveIterator.OfLong freeNonces() {
        return LongStream.iterate(Math.max(view.latestNonce(), state.finalNonce()), nonce -> nonce + 1)
                .filter(nonce -> !state.open().containsKey(nonce))
                .iterator();
    }

    private void append(TransactionEvent event) {
        actions.add(new Action.Append(event));
    }
}
