/** The edge: machines that serve only against durable signed receipts, hosted in one process. */
@NullMarked
package io.crema.edge;

import org.jspecify.annotations.NullMarked;
