/** The simulated fleet: who works where, which machines stand there, and what they are told. */
@NullMarked
package io.crema.cli.fleet;

import org.jspecify.annotations.NullMarked;
