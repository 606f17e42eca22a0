/** The machine's body: what it is made of, its vocabulary, and the adapters that move and measure. */
@NullMarked
package io.crema.edge.body;

import org.jspecify.annotations.NullMarked;
