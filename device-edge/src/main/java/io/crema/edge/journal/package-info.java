/** What a machine makes durable: append-only segments with checksums, and the fold of their records. */
@NullMarked
package io.crema.edge.journal;

import org.jspecify.annotations.NullMarked;
