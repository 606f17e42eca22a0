/** The topology of channels: receipts, balances, redemption intents. */
@NullMarked
package io.crema.streams.channels;

import org.jspecify.annotations.NullMarked;
