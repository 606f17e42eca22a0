/** Recomputes the invariants from the log and the chain alone, with none of the services' own code or state. */
@NullMarked
package io.crema.cli.audit;

import org.jspecify.annotations.NullMarked;
