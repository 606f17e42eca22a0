/** Stickers in memory. */
@NullMarked
package io.crema.edge.tag;

import org.jspecify.annotations.NullMarked;
