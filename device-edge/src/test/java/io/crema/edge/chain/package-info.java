/** The machine on a real chain. */
@NullMarked
package io.crema.edge.chain;

import org.jspecify.annotations.NullMarked;
