/** The topology of figures per machine and hour. */
@NullMarked
package io.crema.streams.analytics;

import org.jspecify.annotations.NullMarked;
