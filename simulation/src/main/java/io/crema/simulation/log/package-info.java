/** A log with partitions, transactions and fencing as Kafka has them, in memory and in virtual time. */
@NullMarked
package io.crema.simulation.log;

import org.jspecify.annotations.NullMarked;
