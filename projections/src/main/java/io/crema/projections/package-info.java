/** The read models as one service: folds of the log in PostgreSQL, and the HTTP API over them. */
@NullMarked
package io.crema.projections;

import org.jspecify.annotations.NullMarked;
