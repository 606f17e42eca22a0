/** An append-only log in files: segments, checksums, torn tails cut off, durable when it says so. */
@NullMarked
package io.crema.edge.journal;

import org.jspecify.annotations.NullMarked;
