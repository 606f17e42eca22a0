/** {@code crema run}: one service in the foreground, configured by options or environment, until it is told to stop. */
@NullMarked
package io.crema.cli.run;

import org.jspecify.annotations.NullMarked;
