/** Turns intents into Ethereum transactions, each effect at most once, its outcome always known in the end. */
@NullMarked
package io.crema.settlement;

import org.jspecify.annotations.NullMarked;
