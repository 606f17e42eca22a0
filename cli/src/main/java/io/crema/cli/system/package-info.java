/** Runs the services: in this process, as child processes, or one alone. */
@NullMarked
package io.crema.cli.system;

import org.jspecify.annotations.NullMarked;
