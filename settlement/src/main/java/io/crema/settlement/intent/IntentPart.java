package io.crema.settlement.intent;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.TransactionIntent;
import io.crema.schemas.convert.Convert;
import java.time.Instant;
import java.util.Optional;

/** What remains of an intent once it is in a transaction: all that its outcome has to name. Immutable. */
public record IntentPart(Hash intent, Hash subject, Hash effect, int attempt, Optional<Amount> total) {

    public static IntentPart of(TransactionIntent part) {
        return new IntentPart(
                Convert.hash(part.getIntent()),
                Convert.hash(part.getSubject()),
                Convert.hash(part.getEffect()),
                part.getAttempt(),
                Optional.ofNullable(part.getTotal()).map(Convert::amount));
    }

    public TransactionIntent toRecord() {
        return new TransactionIntent(
                Convert.bytes32(intent),
                Convert.bytes32(subject),
                Convert.bytes32(effect),
                attempt,
                total.map(Convert::decimal).orElse(null));
    }

    /** @param transaction that brought it about; empty where none of ours did */
    public Outcome outcome(OutcomeKind kind, Optional<Hash> transaction, String reason, Instant at) {
        return new Outcome(
                Convert.bytes32(subject),
                Convert.bytes32(intent),
                Convert.bytes32(effect),
                attempt,
                kind,
                total.map(Convert::decimal).orElse(null),
                transaction.map(Convert::bytes32).orElse(null),
                reason,
                at);
    }
}
