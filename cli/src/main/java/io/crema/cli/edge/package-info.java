/** {@code crema edge …}: what is done at a machine. */
@NullMarked
package io.crema.cli.edge;

import org.jspecify.annotations.NullMarked;
