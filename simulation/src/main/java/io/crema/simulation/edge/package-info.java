/** A machine's disk, body and the phones held to it, which a seed can break. */
@NullMarked
package io.crema.simulation.edge;

import org.jspecify.annotations.NullMarked;
