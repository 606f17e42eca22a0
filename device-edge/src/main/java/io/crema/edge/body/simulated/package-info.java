/** Machines without a machine: chips, contacts, water and a REST interface that behave like the real ones. */
@NullMarked
package io.crema.edge.body.simulated;

import org.jspecify.annotations.NullMarked;
