package io.crema.chain.transactions;

import io.crema.contracts.value.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything known about the transactions of one sending account: a fold of its events. Immutable; folding the same
 * events again gives the same state.
 *
 * @param nextNonce above every nonce taken here
 * @param finalNonce the chain's nonce is never below this again: one above the highest final nonce
 * @param open transactions by nonce that are not final
 * @param closed final transactions by nonce, until {@link #forget} drops them
 */
public record AccountState(
        long nextNonce,
        long finalNonce,
        SortedMap<Long, OpenTransaction> open,
        SortedMap<Long, ClosedTransaction> closed) {

    /** Of an account that has sent nothing through here yet. */
    public static final AccountState EMPTY = new AccountState(0, 0, new TreeMap<>(), new TreeMap<>());

    public AccountState {
        open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
        closed = Collections.unmodifiableSortedMap(new TreeMap<>(closed));
    }

    /** The state after all events, in order. */
    public static AccountState of(Iterable<TransactionEvent> events) {
        var state = EMPTY;
        for (var event : events) {
            state = state.apply(event);
        }
        return state;
    }

    /**
     * The state after one more event.
     *
     * @throws IllegalStateException when the event cannot follow, which means that two writers shared the account's log
     */
    public AccountState apply(TransactionEvent event) {
        return switch (event) {
            case TransactionEvent.Prepared e -> prepared(e);
            case TransactionEvent.Replaced e -> changed(opened(e).with(e.version(), e.at()));
            case TransactionEvent.Sent e ->
                open.containsKey(e.nonce())
                        ? changed(opened(e).tried(e.transaction(), e.at(), new SendResult.Accepted()))
                        : this;
            case TransactionEvent.Refused e ->
                open.containsKey(e.nonce()) ? changed(opened(e).tried(e.transaction(), e.at(), e.result())) : this;
            case TransactionEvent.Mined e -> changed(opened(e).mined(e.inclusion()));
            case TransactionEvent.Reorged e -> changed(opened(e).reorged(e.at()));
            case TransactionEvent.Confirmed e -> closed(e);
            case TransactionEvent.Failed e -> closed(e);
        };
    }

    /** The same without final transactions whose outcomes are recorded elsewhere. */
    public AccountState forget(Iterable<Long> nonces) {
        var rest = new TreeMap<>(closed);
        nonces.forEach(rest::remove);
        return new AccountState(nextNonce, finalNonce, open, rest);
    }

    /** The open or remembered transaction that serves the intent. */
    public Optional<Call> callOf(Hash intent) {
        List<Call> calls = new ArrayList<>();
        open.values().forEach(transaction -> calls.add(transaction.call()));
        closed.values().forEach(transaction -> calls.add(transaction.call()));
        return calls.stream().filter(call -> call.intents().contains(intent)).findFirst();
    }

    private AccountState prepared(TransactionEvent.Prepared event) {
        if (event.nonce() < finalNonce || open.containsKey(event.nonce())) {
            throw new IllegalStateException(
                    "nonce %d is prepared, but it is taken already (final below %d, open: %s); only one writer may serve an account, fence the other"
                            .formatted(event.nonce(), finalNonce, open.keySet()));
        }
        var transaction = new OpenTransaction(
                event.nonce(), event.call(), List.of(event.version()), event.at(), Optional.empty(), Optional.empty());
        return new AccountState(
                Math.max(nextNonce, event.nonce() + 1), finalNonce, with(open, event.nonce(), transaction), closed);
    }

    private OpenTransaction opened(TransactionEvent event) {
        var transaction = open.get(event.nonce());
        if (transaction == null) {
            throw new IllegalStateException("%s of nonce %d, which is not open (open: %s); the account's log is damaged"
                    .formatted(event.getClass().getSimpleName(), event.nonce(), open.keySet()));
        }
        return transaction;
    }

    private AccountState changed(OpenTransaction transaction) {
        return new AccountState(nextNonce, finalNonce, with(open, transaction.nonce(), transaction), closed);
    }

    private AccountState closed(TransactionEvent event) {
        var transaction = opened(event);
        var rest = new TreeMap<>(open);
        rest.remove(event.nonce());
        return new AccountState(
                nextNonce,
                Math.max(finalNonce, event.nonce() + 1),
                rest,
                with(closed, event.nonce(), new ClosedTransaction(transaction.call(), event)));
    }

    private static <T> SortedMap<Long, T> with(Map<Long, T> map, long nonce, T value) {
        var changed = new TreeMap<>(map);
        changed.put(nonce, value);
        return changed;
    }
}
