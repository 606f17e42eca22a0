/** The one program: runs each service, the whole system, and reports. */
@NullMarked
package io.crema.cli;

import org.jspecify.annotations.NullMarked;
