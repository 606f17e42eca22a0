/** Names for what shall happen on the chain at most once. */
@NullMarked
package io.crema.contracts.settlement;

import org.jspecify.annotations.NullMarked;
