/** The EIP-712 types of the protocol: hash, sign, recover. */
@NullMarked
package io.crema.contracts.typed;

import org.jspecify.annotations.NullMarked;
