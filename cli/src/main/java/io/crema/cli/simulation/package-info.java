/** {@code crema simulate}: the money path in one process, under faults, for as many seeds as one likes. */
@NullMarked
package io.crema.cli.simulation;

import org.jspecify.annotations.NullMarked;
