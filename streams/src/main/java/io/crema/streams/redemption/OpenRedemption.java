package io.crema.streams.redemption;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;

/** A redemption that is under way. @param attempt counts from 1 @param total what it asks for */
public record OpenRedemption(Hash intent, int attempt, Amount total) {}
