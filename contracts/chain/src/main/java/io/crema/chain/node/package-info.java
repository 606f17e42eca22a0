/** A real Ethereum node behind the transaction core's port. */
@NullMarked
package io.crema.chain.node;

import org.jspecify.annotations.NullMarked;
