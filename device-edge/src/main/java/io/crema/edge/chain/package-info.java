/** What a machine does on chain by itself when the platform is away, and what it hands to whoever does it instead. */
@NullMarked
package io.crema.edge.chain;

import org.jspecify.annotations.NullMarked;
