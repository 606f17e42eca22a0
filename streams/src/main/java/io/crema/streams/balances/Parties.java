package io.crema.streams.balances;

import io.crema.contracts.value.Address;

/** Who pays whom through a channel. @param periodMinutes the challenge period */
public record Parties(Address customer, Address payee, long index, int periodMinutes) {}
