package io.crema.edge.node;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;

/**
 * Somebody pressed a button and is about to hold a phone to the machine.
 *
 * @param attempt names this wish for one cup: 32 bytes of the caller's choice, the same for every repetition, so that a
 *     repetition never sells twice
 */
public record Press(ProductId product, Hash attempt) {}
