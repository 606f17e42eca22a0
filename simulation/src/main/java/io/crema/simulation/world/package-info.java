/** The whole money path in one deterministic process: its parts, the faults, and what must always hold. */
@NullMarked
package io.crema.simulation.world;

import org.jspecify.annotations.NullMarked;
