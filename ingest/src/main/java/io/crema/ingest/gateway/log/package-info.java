/** The gateway's way to Kafka: it follows what machines shall know, and writes what was handed in. */
@NullMarked
package io.crema.ingest.gateway.log;

import org.jspecify.annotations.NullMarked;
