package io.crema.cli.demo;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Somebody will want a cup.
 *
 * @param attempt names the wish, the same whenever it is repeated
 * @param time the machine's time; empty = now
 * @param line of the trace that it comes from
 */
record PlannedCup(Hash attempt, String employee, ProductId product, Optional<Instant> time, OptionalInt line) {}
