/** Drives the steps in a thread of its own. */
@NullMarked
package io.crema.settlement.runner;

import org.jspecify.annotations.NullMarked;
