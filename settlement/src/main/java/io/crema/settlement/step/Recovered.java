package io.crema.settlement.step;

import io.crema.chain.transactions.AccountState;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.FailureCause;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.contracts.value.Hash;
import io.crema.events.TransactionStep;
import io.crema.settlement.intent.IntentPart;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the log says an account was doing: a fold of its steps, in order. Not thread-safe; give it to one
 * {@link Settler} when all is folded.
 */
public final class Recovered {
    private AccountState state = AccountState.EMPTY;
    private final Map<Hash, IntentPart> parts = new HashMap<>();
    private final Map<List<Hash>, Call> displaced = new LinkedHashMap<>();
    private final Map<Integer, Position> positions = new HashMap<>();

    /** @throws IllegalStateException when the step cannot follow on those before it */
    public void fold(TransactionStep step) {
        StepRecords.fromRecord(step, state).ifPresent(event -> {
            remember(step, event);
            state = state.apply(event);
            conclude(event);
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

    AccountState state() {
        return state;
    }

    Map<Hash, IntentPart> parts() {
        return parts;
    }

    /** Calls whose nonce was taken by another transaction, and that are in no transaction since. */
    List<Call> displaced() {
        return List.copyOf(displaced.values());
    }

    private void remember(TransactionStep step, TransactionEvent event) {
        if (event instanceof TransactionEvent.Prepared prepared) {
            step.getIntents().stream().map(IntentPart::of).forEach(part -> parts.put(part.intent(), part));
            displaced.remove(prepared.call().intents());
        }
    }

    private void conclude(TransactionEvent event) {
        var closed = state.closed().get(event.nonce());
        if (closed == null) {
            return;
        }
        state = state.forget(List.of(event.nonce()));
        if (event instanceof TransactionEvent.Failed(var _, FailureCause.NonceTaken _, var _)) {
            if (!closed.call().isFiller()) {
                displaced.put(closed.call().intents(), closed.call());
            }
        } else {
            closed.call().intents().forEach(parts::remove);
        }
    }
}
