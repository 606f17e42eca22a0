/** The steps of settlement over ports: no threads, no clock, no network of their own. */
@NullMarked
package io.crema.settlement.step;

import org.jspecify.annotations.NullMarked;
