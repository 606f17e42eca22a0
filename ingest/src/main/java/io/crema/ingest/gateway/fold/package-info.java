/** What machines shall know, as a fold of the log: without threads, clocks and sockets. */
@NullMarked
package io.crema.ingest.gateway.fold;

import org.jspecify.annotations.NullMarked;
