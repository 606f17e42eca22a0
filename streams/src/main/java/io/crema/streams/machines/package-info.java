/** The topology of machines: telemetry, faults, service requests. */
@NullMarked
package io.crema.streams.machines;

import org.jspecify.annotations.NullMarked;
