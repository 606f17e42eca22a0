/** The log in Kafka: events and checkpoint in one transaction. */
@NullMarked
package io.crema.ingest.kafka;

import org.jspecify.annotations.NullMarked;
