/** A chain with blocks, a pool and PaymentProvider's rules, in memory and in virtual time. */
@NullMarked
package io.crema.simulation.chain;

import org.jspecify.annotations.NullMarked;
