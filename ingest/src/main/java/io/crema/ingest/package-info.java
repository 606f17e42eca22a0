/** Brings what happens on the chain into the log. */
@NullMarked
package io.crema.ingest;

import org.jspecify.annotations.NullMarked;
