/** The NFC sticker on a machine: what it says, and how it is written and read. */
@NullMarked
package io.crema.edge.tag;

import org.jspecify.annotations.NullMarked;
