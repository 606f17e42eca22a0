/** The money path beside a chain: intents to final outcomes, and logs into the log. */
@NullMarked
package io.crema.bench.chain;

import org.jspecify.annotations.NullMarked;
