package io.crema.projections.fold;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** A record and where in the log it stands. */
record Sourced(SpecificRecord record, int partition, long offset, Instant loggedAt) {}
