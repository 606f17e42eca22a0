/** Ends the edge's process by SIGKILL, over and over, and counts what is left. */
@NullMarked
package io.crema.edge.kill;

import org.jspecify.annotations.NullMarked;
