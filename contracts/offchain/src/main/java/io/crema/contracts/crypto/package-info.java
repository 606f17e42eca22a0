/** Keccak-256 and secp256k1 with 64-byte signatures, native where possible. */
@NullMarked
package io.crema.contracts.crypto;

import org.jspecify.annotations.NullMarked;
