/** What a task counts: pure tallies that are kept beside the state they are about. */
@NullMarked
package io.crema.streams.figures;

import org.jspecify.annotations.NullMarked;
