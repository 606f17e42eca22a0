/** Everything that reads bytes from outside, fed with mutations of genuine ones. */
@NullMarked
package io.crema.edge.fuzz;

import org.jspecify.annotations.NullMarked;
