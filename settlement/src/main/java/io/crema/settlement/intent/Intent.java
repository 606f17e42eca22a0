package io.crema.settlement.intent;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;

/** One effect that shall come about on chain. Immutable. */
public sealed interface Intent permits RedeemIntent, ServiceIntent {

    /** hash(effect, attempt). */
    Hash id();

    /** hash(chainId, contract, kind, subject, value). */
    Hash effect();

    /** Counts from 1. */
    int attempt();

    /** The channel or the request. */
    Hash subject();

    /** Whether waiting for cheaper gas could cost money. */
    boolean urgent();

    /** By when it must be on chain. */
    Optional<Instant> deadline();

    /** What it redeems up to; empty for other effects. */
    Optional<Amount> total();

    /** What its outcome has to name. */
    default IntentPart part() {
        return new IntentPart(id(), subject(), effect(), attempt(), total());
    }
}
