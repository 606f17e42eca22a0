/** One machine on real parts: its settings, its threads, its health page, and the edge's own small program. */
@NullMarked
package io.crema.edge.run;

import org.jspecify.annotations.NullMarked;
