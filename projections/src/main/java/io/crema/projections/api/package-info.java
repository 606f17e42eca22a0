/** The HTTP API, its server-sent events and the console's files. */
@NullMarked
package io.crema.projections.api;

import org.jspecify.annotations.NullMarked;
