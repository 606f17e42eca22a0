/** Pure rules of a payment channel: how receipts follow one another and when a badge counts. */
@NullMarked
package io.crema.contracts.channel;

import org.jspecify.annotations.NullMarked;
