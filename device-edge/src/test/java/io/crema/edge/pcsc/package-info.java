/** Taps over the true pcscd, with a virtual reader and a virtual phone. */
@NullMarked
package io.crema.edge.pcsc;

import org.jspecify.annotations.NullMarked;
