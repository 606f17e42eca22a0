/** Decides when a channel shall be redeemed: pure rules, no Kafka. */
@NullMarked
package io.crema.streams.redemption;

import org.jspecify.annotations.NullMarked;
