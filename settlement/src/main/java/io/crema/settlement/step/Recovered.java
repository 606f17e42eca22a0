package io.crema.settlement.step;

import io.crema.chain.transactions.AccountState;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.FailureCause;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.events.TransactionStep;
import io.crema.schemas.convert.Convert;
import io.crema.settlement.intent.IntentPart;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the log says that the accounts were doing: a fold of their steps, of each account in order. Not thread-safe; give
 * it to one {@link Settler} when all is folded.
 */
public final class Recovered {
    private final Map<Address, Account> accounts = new LinkedHashMap<>();
    private final Map<Hash, IntentPart> parts = new HashMap<>();
    private final Map<Integer, Position> positions = new HashMap<>();

    /** What one account was doing. */
    private static final class Account {
        private AccountState state = AccountState.EMPTY;
        private final Map<List<Hash>, Call> displaced = new LinkedHashMap<>();
    }

    /** @throws IllegalStateException when the step cannot follow on those before it */
    public void fold(TransactionStep step) {
        var account = accounts.computeIfAbsent(Convert.address(step.getAccount()), fresh -> new Account());
        StepRecords.fromRecord(step, account.state).ifPresent(event -> {
            remember(account, step, event);
            account.state = account.state.apply(event);
            conclude(account, event);
        });
    }

    /** How far a partition of intents was settled. */
    public void position(int partition, Position position) {
        positions.put(partition, position);
    }

    /** Where to read on in each partition; a partition that is not named from its start. */
    public Map<Integer, Position> positions() {
        return Map.copyOf(positions);
    }

    AccountState state(Address account) {
        return accounts.getOrDefault(account, new Account()).state;
    }

    Map<Hash, IntentPart> parts() {
        return parts;
    }

    /** Calls whose nonce was taken by another transaction, and that are in no transaction since. */
    List<Call> displaced(Address account) {
        return List.copyOf(
                accounts.getOrDefault(account, new Account()).displaced.values());
    }

    /** @throws RefusedStartException when another account has something under way that nobody would follow */
    void requireServed(Collection<Address> served) {
        accounts.forEach((address, account) -> {
            var open = account.state.open().size() + account.displaced.size();
            if (open > 0 && !served.contains(address)) {
                throw new RefusedStartException(
                        "account %s has %d transactions under way, but its key is not configured; give its key too until they are final"
                                .formatted(address, open));
            }
        });
    }

    private void remember(Account account, TransactionStep step, TransactionEvent event) {
        if (event instanceof TransactionEvent.Prepared prepared) {
            step.getIntents().stream().map(IntentPart::of).forEach(part -> parts.put(part.intent(), part));
            account.displaced.remove(prepared.call().intents());
        }
    }

    private void conclude(Account account, TransactionEvent event) {
        var closed = account.state.closed().get(event.nonce());
        if (closed == null) {
            return;
        }
        account.state = account.state.forget(List.of(event.nonce()));
        if (event instanceof TransactionEvent.Failed(var _, FailureCause.NonceTaken _, var _)) {
            if (!closed.call().isFiller()) {
                account.displaced.put(closed.call().intents(), closed.call());
            }
        } else {
            closed.call().intents().forEach(parts::remove);
        }
    }
}
