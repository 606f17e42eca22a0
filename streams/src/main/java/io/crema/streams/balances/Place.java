package io.crema.streams.balances;

import java.time.Instant;

/** Where in the log a record stands. @param time the log's time */
public record Place(int partition, long offset, Instant time) {}
