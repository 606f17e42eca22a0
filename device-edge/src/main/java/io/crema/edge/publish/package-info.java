/** Turns durable receipts and telemetry into records for the log, resending until they are acknowledged. */
@NullMarked
package io.crema.edge.publish;

import org.jspecify.annotations.NullMarked;
