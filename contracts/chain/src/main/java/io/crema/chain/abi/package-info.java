/** Turns Crema's signed values into the structs that the contracts take. */
@NullMarked
package io.crema.chain.abi;

import org.jspecify.annotations.NullMarked;
