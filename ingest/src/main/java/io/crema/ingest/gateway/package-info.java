/** The gateway for machines that reach no Kafka: what they have done goes up, what they shall know comes down. */
@NullMarked
package io.crema.ingest.gateway;

import org.jspecify.annotations.NullMarked;
