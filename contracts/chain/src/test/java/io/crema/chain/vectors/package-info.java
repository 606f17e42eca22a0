/** Java's hashes, signatures and ids against Solidity's, on random values. */
@NullMarked
package io.crema.chain.vectors;

import org.jspecify.annotations.NullMarked;
