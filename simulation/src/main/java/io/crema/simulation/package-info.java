/** Runs the money path under a seeded scheduler in virtual time, with faults, and checks what must always hold. */
@NullMarked
package io.crema.simulation;

import org.jspecify.annotations.NullMarked;
