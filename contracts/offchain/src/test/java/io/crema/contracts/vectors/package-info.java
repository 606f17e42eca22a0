/** The committed test vectors: made here, checked against both signature libraries and an independent encoder. */
@NullMarked
package io.crema.contracts.vectors;

import org.jspecify.annotations.NullMarked;
