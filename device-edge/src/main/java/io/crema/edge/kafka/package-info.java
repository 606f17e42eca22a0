/** Publishes to Kafka with an idempotent producer. */
@NullMarked
package io.crema.edge.kafka;

import org.jspecify.annotations.NullMarked;
