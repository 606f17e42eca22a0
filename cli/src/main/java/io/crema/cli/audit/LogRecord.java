package io.crema.cli.audit;

import org.apache.avro.specific.SpecificRecord;

/** One committed record of the log with its place. */
record LogRecord<T extends SpecificRecord>(int partition, long offset, T value) {}
