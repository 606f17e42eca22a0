/** Threads that drive the machines of one process. */
@NullMarked
package io.crema.edge.runner;

import org.jspecify.annotations.NullMarked;
