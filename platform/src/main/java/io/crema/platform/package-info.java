/** The real parts on one machine: Kafka broker, PostgreSQL, a test chain, child processes and their memory. */
@NullMarked
package io.crema.platform;

import org.jspecify.annotations.NullMarked;
