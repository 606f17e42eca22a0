/** The service against a real broker and a real chain, and its borders. */
@NullMarked
package io.crema.ingest;

import org.jspecify.annotations.NullMarked;
