/** Drivers of measuring chips on an I2C bus, register by register. */
@NullMarked
package io.crema.edge.body.chip;

import org.jspecify.annotations.NullMarked;
