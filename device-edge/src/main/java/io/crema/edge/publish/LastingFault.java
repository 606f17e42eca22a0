package io.crema.edge.publish;

import io.crema.contracts.value.Hash;

/**
 * A fault that has lasted for as long as its rule asks.
 *
 * @param rule the rule's name
 * @param sequence of the telemetry batch that showed it
 * @param batch that batch's struct hash
 */
public record LastingFault(String rule, long sequence, Hash batch) {}
