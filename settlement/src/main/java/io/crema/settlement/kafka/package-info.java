/** The ports of settlement on Kafka. */
@NullMarked
package io.crema.settlement.kafka;

import org.jspecify.annotations.NullMarked;
