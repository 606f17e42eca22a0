/** The folds: from the log's records to rows, each record counted once. */
@NullMarked
package io.crema.projections.fold;

import org.jspecify.annotations.NullMarked;
