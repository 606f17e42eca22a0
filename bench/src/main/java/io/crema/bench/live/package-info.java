/** The money path under a load that keeps its time: how long a receipt takes, and what a crash costs. */
@NullMarked
package io.crema.bench.live;

import org.jspecify.annotations.NullMarked;
