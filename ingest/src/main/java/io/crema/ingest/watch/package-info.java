/** The chain watcher: a step function over a chain and a log, each behind a port. */
@NullMarked
package io.crema.ingest.watch;

import org.jspecify.annotations.NullMarked;
