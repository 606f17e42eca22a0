/** Reads the contracts' logs as records. */
@NullMarked
package io.crema.ingest.decode;

import org.jspecify.annotations.NullMarked;
