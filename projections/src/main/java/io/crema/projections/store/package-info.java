/** The database: its tables, how far the log is folded into them, and what they add up to. */
@NullMarked
package io.crema.projections.store;

import org.jspecify.annotations.NullMarked;
