/** Sending accounts' keys on disk, encrypted. */
@NullMarked
package io.crema.chain.keys;

import org.jspecify.annotations.NullMarked;
