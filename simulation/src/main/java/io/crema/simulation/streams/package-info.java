/** Runs the tasks of a real topology on the simulated log, one subtopology and partition each. */
@NullMarked
package io.crema.simulation.streams;

import org.jspecify.annotations.NullMarked;
