/** The pins and the bus of a Raspberry Pi, through Pi4J. */
@NullMarked
package io.crema.edge.body.pi4j;

import org.jspecify.annotations.NullMarked;
