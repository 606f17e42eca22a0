/** Rentals from the command line: offered, concluded, placed and priced, each by the party whose word it is. */
@NullMarked
package io.crema.cli.rental;

import org.jspecify.annotations.NullMarked;
