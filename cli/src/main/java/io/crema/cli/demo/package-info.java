/** The whole system on one machine: a simulated fleet on real parts, from the first cup to a report that adds up. */
@NullMarked
package io.crema.cli.demo;

import org.jspecify.annotations.NullMarked;
