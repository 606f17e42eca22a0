/** Reads a file of real sales as input for the fleet: every row is a card sale, a cash sale, or refused by name. */
@NullMarked
package io.crema.cli.trace;

import org.jspecify.annotations.NullMarked;
