/** Decides what becomes of each receipt and chain event: pure rules, no Kafka. */
@NullMarked
package io.crema.streams.balances;

import org.jspecify.annotations.NullMarked;
