/** What shall happen on chain, as read from the log, and what waits to be sent. */
@NullMarked
package io.crema.settlement.intent;

import org.jspecify.annotations.NullMarked;
