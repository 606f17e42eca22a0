/** Tap protocol v1: what a machine and a phone say to each other in APDUs, and how its values become bytes. */
@NullMarked
package io.crema.contracts.tap;

import org.jspecify.annotations.NullMarked;
