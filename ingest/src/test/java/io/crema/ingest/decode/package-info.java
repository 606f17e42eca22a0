/** Each event of each contract as its record. */
@NullMarked
package io.crema.ingest.decode;

import org.jspecify.annotations.NullMarked;
