/** The watcher against a simulated chain and log. */
@NullMarked
package io.crema.ingest.watch;

import org.jspecify.annotations.NullMarked;
