/** Decides which batches count and which readings are faults: pure rules, no Kafka. */
@NullMarked
package io.crema.streams.telemetry;

import org.jspecify.annotations.NullMarked;
