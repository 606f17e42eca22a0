/** Drives the watcher: threads, pauses, status. */
@NullMarked
package io.crema.ingest.runner;

import org.jspecify.annotations.NullMarked;
