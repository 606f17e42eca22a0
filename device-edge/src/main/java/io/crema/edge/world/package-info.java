/** A simulated world around the machines: buttons, phones, cups and sensors, in this process or over loopback TCP. */
@NullMarked
package io.crema.edge.world;

import org.jspecify.annotations.NullMarked;
