/** Values that never travel as bare strings or longs: hashes, addresses, ids, signatures, amounts. */
@NullMarked
package io.crema.contracts.value;

import org.jspecify.annotations.NullMarked;
