/** A coffee machine moved by this computer's own pins. */
@NullMarked
package io.crema.edge.body.coffee;

import org.jspecify.annotations.NullMarked;
